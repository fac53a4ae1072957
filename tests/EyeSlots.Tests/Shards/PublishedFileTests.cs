using EyeSlots.Core;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;
using EyeSlots.Core.Storage;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Shards;

/// <summary>Shards are read whole, with their hash, or by columns, with little else.</summary>
public sealed class PublishedFileTests : IDisposable
{
    private readonly TempFolder root = new();

    [Fact]
    public async Task OpenShard_AsTheManifestSays_GivesItsRows()
    {
        var files = await PublishAsync(300);
        var shard = await PublishedFile.OpenShardAsync(root.Store, files.Result);
        Assert.Equal([256, 44], shard.RowGroups.Select(group => group.RowCount));
        Assert.Equal(MadeShard.Slice(300).Faces.Select(face => face.Key), shard.Rows().Select(row => row.Key));
    }

    [Fact]
    public async Task OpenShard_OtherBytesThanStated_IsNamedAndNotParsed()
    {
        var files = await PublishAsync(3);
        var other = (await MadeShard.MakeAsync(MadeShard.Slice(3), pixels: 1)).Shard.ToArray();
        foreach (var bytes in (byte[][])[other, other[..^1], [.. other, 0], []])
        {
            root.Write(ShardLayout.ShardKey(MadeShard.Fingerprint), bytes);
            var error = await Assert.ThrowsAsync<EyeSlotsException>(() => PublishedFile.OpenShardAsync(root.Store, files.Result));
            Assert.Equal($"{root.Path}/shards/{MadeShard.Fingerprint}.parquet is damaged: its bytes are not those that the manifest states.", error.Message);
            Assert.Equal(ErrorCodes.DatasetDamaged, error.Code);
        }
    }

    [Fact]
    public async Task OpenShard_OneThatIsNotThere_IsDatasetDamaged()
    {
        var result = (await MadeShard.MakeAsync(MadeShard.Slice(3))).Result;
        foreach (var open in (Func<Task>[])[() => PublishedFile.OpenShardAsync(root.Store, result), () => PublishedFile.OpenColumnsAsync(root.Store, result, ShardColumns.Labels)])
        {
            var error = await Assert.ThrowsAsync<EyeSlotsException>(open);
            Assert.Equal(ErrorCodes.DatasetDamaged, error.Code);
            Assert.Contains($"{MadeShard.Fingerprint}.parquet is missing", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(300)]
    [InlineData(5_000)]
    public async Task OpenColumns_OfLabels_GivesThemWithoutTheCrops(int faces)
    {
        var files = await PublishAsync(faces);
        var store = new CountingStore(root.Store);
        var shard = await PublishedFile.OpenColumnsAsync(store, files.Result, ShardColumns.Labels);
        var labels = shard.RowGroups.SelectMany(group => group.Read(ShardColumns.Expression).Zip(group.Read(ShardColumns.Valence), group.Read(ShardColumns.Arousal)));
        var paths = shard.RowGroups.SelectMany(group => group.Read(ShardColumns.ImagePath));
        var slice = MadeShard.Slice(faces).Faces;
        Assert.Equal(slice.Select(face => (face.Expression, face.Valence, face.Arousal)), labels);
        Assert.Equal(slice.Select(face => face.Key.ImagePath), paths);
        Assert.Equal(0, store.Whole);
        Assert.InRange(store.Bytes, 1, (64 << 10) + (80L * faces));
    }

    [Fact]
    public async Task OpenColumns_OfLargeCrops_ReadsLittleOfTheFile()
    {
        var files = await PublishAsync(600, side: 64);
        var store = new CountingStore(root.Store);
        await PublishedFile.OpenColumnsAsync(store, files.Result, ShardColumns.Labels);
        Assert.InRange(store.Bytes, 1, files.Result.Bytes / 50);
        Assert.InRange(store.Parts, 2, 8);
    }

    [Fact]
    public async Task Read_AColumnThatTheShardWasNotOpenedFor_IsRefused()
    {
        var files = await PublishAsync(600, side: 64);
        var shard = await PublishedFile.OpenColumnsAsync(root.Store, files.Result, [ShardColumns.Valence]);
        Assert.Equal(256, shard.RowGroups[0].Read(ShardColumns.Valence).Length);
        Assert.Throws<InvalidOperationException>(() => shard.RowGroups[0].Read(ShardColumns.Slot));
        Assert.Throws<InvalidOperationException>(() => shard.RowGroups[0].Rows());
    }

    [Fact]
    public async Task ReadQuarantine_AnUnknownCode_IsNamed()
    {
        var files = await PublishAsync(20, rejectEvery: 3);
        var at = files.Quarantine.Span.IndexOf("image-empty"u8);
        var bytes = files.Quarantine.ToArray();
        "image-other"u8.CopyTo(bytes.AsSpan(at));
        var error = Assert.Throws<EyeSlotsException>(() => QuarantineReader.Read(bytes));
        Assert.Equal("The quarantine file is damaged: 'image-other' is no reason code that this version knows.", error.Message);
    }

    public void Dispose() => root.Dispose();

    private async Task<ShardFiles> PublishAsync(int faces, int rejectEvery = 0, int side = 0)
    {
        var files = side > 0 ? await MadeShard.MakeLargeAsync(faces, side) : await MadeShard.MakeAsync(MadeShard.Slice(faces), rejectEvery);
        root.Write(ShardLayout.ShardKey(MadeShard.Fingerprint), files.Shard.ToArray());
        return files;
    }

    /// <summary>Counts what is read.</summary>
    private sealed class CountingStore(IObjectStore inner) : WrappedStore(inner)
    {
        private long bytes;
        private int parts;

        public long Bytes => bytes;

        public int Parts => parts;

        public int Whole { get; private set; }

        public override ValueTask<ReadOutcome> ReadAsync(
            string key, ObjectStat? expected, ByteBuffer buffer, long maxBytes, CancellationToken cancellation = default)
        {
            Whole++;
            return base.ReadAsync(key, expected, buffer, maxBytes, cancellation);
        }

        public override ValueTask<bool> ReadPartAsync(string key, long offset, Memory<byte> part, CancellationToken cancellation = default)
        {
            Interlocked.Add(ref bytes, part.Length);
            Interlocked.Increment(ref parts);
            return base.ReadPartAsync(key, offset, part, cancellation);
        }
    }
}
