using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;
using EyeSlots.Preprocessing.Cropping;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Benchmarks.Fuzzing;

/// <summary>Shards: bytes, footers, and whole files of hostile values. Read whole and by columns, and every crop decoded.</summary>
internal sealed class ShardTarget(SlotFormat format, byte[][] seeds) : FuzzTarget
{
    private static readonly ShardColumn[] Columns =
        [.. ShardColumns.Labels, ShardColumns.Theta, ShardColumns.Width, ShardColumns.Height, ShardColumns.Coverage, ShardColumns.CenterX, ShardColumns.Slot];

    private readonly SlotDecoder decoder = new();
    private IReadOnlyList<ShardColumn> columns = [];

    public override string Name => $"shard {format}";

    public override int MostExpansion => 4096;

    public static async Task<ShardTarget> MakeAsync(SlotFormat format)
    {
        byte[][] seeds = [.. await Task.WhenAll(Enumerable.Range(0, 5).Select(seed => HostileShard.MakeAsync(format, rows: seed * 3, new Random(seed), everyValue: int.MaxValue)))];
        return new(format, [.. seeds, await HostileShard.MakeAsync(format, rows: 300, new Random(9), everyValue: int.MaxValue)]);
    }

    public override async Task<byte[]> DrawAsync(Random random)
    {
        columns = [.. Columns.Where(_ => random.Next(2) == 0)];
        return random.Next(4) switch
        {
            0 => await HostileShard.MakeAsync(format, random.Next(1, 8), random, everyValue: random.Next(4, 60)),
            1 => new FooterMutation(random).Of(Any(seeds, random)),
            2 => ByteMutation.Of(new FooterMutation(random).Of(Any(seeds, random)), Any(seeds, random), random),
            _ => ByteMutation.Of(Any(seeds, random), Any(seeds, random), random),
        };
    }

    public override async Task<string> ReadAsync(byte[] file)
    {
        await ReadColumnsAsync(file);
        var damaged = 0;
        foreach (var row in ShardReader.Open(file).Rows())
        {
            if (decoder.ToBgr(row.Slot.Span, format, row.Width, row.Height) is null) damaged++;
        }

        return damaged == 0 ? "rows" : "rows with damaged crops";
    }

    private async Task ReadColumnsAsync(byte[] file)
    {
        var store = new MemoryStore("memory");
        var shard = new ShardResult
        {
            Fingerprint = HostileShard.Fingerprint, List = "training", Faces = 0, Rows = 0, Rejected = 0, RejectedByCode = new Dictionary<string, int>(),
            Bytes = file.Length, Sha256 = "", FaceKeysSha256 = "",
        };
        store.Put(ShardLayout.ShardKey(shard.Fingerprint), file);
        foreach (var group in (await PublishedFile.OpenColumnsAsync(store, shard, columns)).RowGroups) HostileShard.Read(group, columns);
    }
}
