using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards.Format;
using EyeSlots.Core.Storage;

namespace EyeSlots.Core.Shards;

/// <summary>Reads files that a manifest names, from a folder or from S3. All errors name the file.</summary>
public static class PublishedFile
{
    /// <summary>Most bytes of a shard or quarantine file; a slice of the largest crops stays far below.</summary>
    public const long MostBytes = 2_000_000_000;

    /// <summary>Bytes read from a shard's end at once: the footer of 768 faces takes about 6,000.</summary>
    private const int TailBytes = 16 << 10;

    /// <summary>Reads a shard whole. Its SHA-256 is compared with the manifest's before anything else looks at it.</summary>
    /// <param name="root">The dataset root.</param>
    /// <param name="shard">The manifest's entry.</param>
    /// <param name="cancellation">Stops the read.</param>
    /// <exception cref="EyeSlotsException">It is missing, or not what the manifest says: dataset-damaged.</exception>
    public static async Task<ShardReader> OpenShardAsync(IObjectStore root, ShardResult shard, CancellationToken cancellation = default)
    {
        var key = ShardLayout.ShardKey(shard.Fingerprint);
        return ShardReader.Open(await ReadAsync(root, key, shard.Bytes, shard.Sha256, cancellation).ConfigureAwait(false), Name(root, key));
    }

    /// <summary>Reads a shard whole into a buffer that the caller keeps, its SHA-256 compared with the manifest's.</summary>
    /// <param name="root">The dataset root.</param>
    /// <param name="shard">The manifest's entry.</param>
    /// <param name="buffer">Receives the file.</param>
    /// <param name="cancellation">Stops the read.</param>
    /// <exception cref="EyeSlotsException">It is missing, or not what the manifest says: dataset-damaged.</exception>
    public static Task ReadShardAsync(IObjectStore root, ShardResult shard, ByteBuffer buffer, CancellationToken cancellation = default) =>
        ReadAsync(root, ShardLayout.ShardKey(shard.Fingerprint), shard.Bytes, shard.Sha256, buffer, cancellation);

    /// <summary>Whether bytes that lay somewhere else are the shard that the manifest states.</summary>
    public static bool IsShard(ShardResult shard, ReadOnlyMemory<byte> bytes) => bytes.Length == shard.Bytes && ShardBuilder.Hash(bytes) == shard.Sha256;

    /// <summary>Opens a shard's bytes whose hash was compared; errors name it.</summary>
    /// <exception cref="EyeSlotsException">They are no shard, or one of another schema version: dataset-damaged.</exception>
    public static ShardReader Open(IObjectStore root, ShardResult shard, ReadOnlyMemory<byte> bytes) =>
        ShardReader.Open(bytes, Name(root, ShardLayout.ShardKey(shard.Fingerprint)));

    /// <summary>
    /// Opens a shard for some of its columns: its footer and those columns are read, nothing else, so labels come without the crops.
    /// The hash of the whole cannot be compared; whoever needs that reads the shard whole.
    /// </summary>
    /// <param name="root">The dataset root.</param>
    /// <param name="shard">The manifest's entry.</param>
    /// <param name="columns">The columns that will be asked for, such as <see cref="ShardColumns.Labels"/>.</param>
    /// <param name="cancellation">Stops the read.</param>
    /// <exception cref="EyeSlotsException">It is missing, shorter than the manifest says, or damaged: dataset-damaged.</exception>
    public static async Task<ShardReader> OpenColumnsAsync(
        IObjectStore root, ShardResult shard, IReadOnlyList<ShardColumn> columns, CancellationToken cancellation = default)
    {
        var key = ShardLayout.ShardKey(shard.Fingerprint);
        var (file, name, length) = (new FileParts(root, key), Name(root, key), shard.Bytes);
        if (length is < FileFooter.LeastFileBytes or > MostBytes) throw DamagedFile.Of(name, $"no shard has {length} bytes");
        var start = Math.Max(0, length - TailBytes);
        var tail = await file.ReadAsync(start, (int)(length - start), cancellation).ConfigureAwait(false);
        var footerLength = DamagedFile.Guard(name, () => FileFooter.LengthOf(tail.Span[^FileFooter.TailBytes..], length));
        var footerStart = length - FileFooter.TailBytes - footerLength;
        var bytes = footerStart >= start
            ? tail.Slice((int)(footerStart - start), footerLength)
            : await file.ReadAsync(footerStart, footerLength, cancellation).ConfigureAwait(false);
        var footer = DamagedFile.Guard(name, () => FileFooter.Read(bytes.Span, footerStart, ShardSchema.Shard));
        await file.ReadAsync(footer.ChunksOf(columns), cancellation).ConfigureAwait(false);
        return DamagedFile.Guard(name, () => new ShardReader(name, footer, file.Find));
    }

    /// <summary>Reads the rows of a quarantine file, its hash compared first; none where the shard has no rejected rows.</summary>
    /// <param name="root">The dataset root.</param>
    /// <param name="shard">The manifest's entry.</param>
    /// <param name="cancellation">Stops the read.</param>
    /// <exception cref="EyeSlotsException">It is missing, or not what the manifest says: dataset-damaged.</exception>
    public static async Task<IReadOnlyList<QuarantineRow>> ReadQuarantineAsync(IObjectStore root, ShardResult shard, CancellationToken cancellation = default)
    {
        if (shard.Rejected == 0) return [];
        var key = ShardLayout.QuarantineKey(shard.Fingerprint);
        var bytes = await ReadAsync(root, key, shard.QuarantineBytes, shard.QuarantineSha256, cancellation).ConfigureAwait(false);
        return QuarantineReader.Read(bytes, Name(root, key));
    }

    /// <summary>The error of a shard in which something is off.</summary>
    public static EyeSlotsException Damaged(IObjectStore root, ShardResult shard, string why) => DamagedFile.Of(Name(root, ShardLayout.ShardKey(shard.Fingerprint)), why);

    /// <summary>How errors name a file.</summary>
    internal static string Name(IObjectStore root, string key) => $"{root.Address}/{key}";

    /// <summary>Reads a file whole that is as long as stated and has the stated hash.</summary>
    internal static Task<ReadOnlyMemory<byte>> ReadAsync(IObjectStore root, string key, long bytes, string sha256, CancellationToken cancellation) =>
        ReadAsync(root, key, bytes, sha256, new ByteBuffer(), cancellation);

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(
        IObjectStore root, string key, long bytes, string sha256, ByteBuffer buffer, CancellationToken cancellation)
    {
        var outcome = await root.ReadAsync(key, null, buffer, Math.Min(bytes, MostBytes), cancellation).ConfigureAwait(false);
        if (outcome == ReadOutcome.Read && buffer.Length == bytes && ShardBuilder.Hash(buffer.Memory) == sha256) return buffer.Memory;
        throw outcome is ReadOutcome.Read or ReadOutcome.TooLarge
            ? DamagedFile.Of(Name(root, key), "its bytes are not those that the manifest states")
            : new EyeSlotsException(ErrorCodes.DatasetDamaged, $"{Name(root, key)} is missing; run preprocess again.");
    }
}
