using EyeSlots.Core.Planning;

namespace EyeSlots.Preprocessing.Jobs;

/// <summary>The shards of a run as far as they are known, and what was made of them. Not thread-safe.</summary>
internal sealed class ShardTally
{
    private readonly IReadOnlyList<SliceHeader> slices;
    private readonly ShardResult?[] shards;
    private readonly bool[] made;
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);

    /// <summary>Begins with what was kept; null where nothing was looked for.</summary>
    public ShardTally(IReadOnlyList<SliceHeader> slices, long memory, IReadOnlyList<ShardResult?>? kept)
    {
        (this.slices, shards, made) = (slices, kept is null ? new ShardResult?[slices.Count] : [.. kept], new bool[slices.Count]);
        foreach (var slice in slices)
        {
            foreach (var name in slice.ShardNames(memory)) places[name] = slice.Index;
        }
    }

    /// <summary>Slices whose shards must be made.</summary>
    public IReadOnlyList<SliceHeader> Missing => [.. slices.Where(slice => shards[slice.Index] is null)];

    /// <summary>All shards in plan order; call when none is missing.</summary>
    public IReadOnlyList<ShardResult> All => shards!;

    /// <summary>Shards that were made, each counted once.</summary>
    public int ShardsMade => made.Count(one => one);

    /// <summary>Faces of the shards that were made; one that was made again counts again.</summary>
    public long FacesMade { get; private set; }

    /// <summary>Rejected faces among them.</summary>
    public long RejectedMade { get; private set; }

    /// <summary>Bytes of images read for them.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Bytes that these images have.</summary>
    public long BytesThere { get; private set; }

    /// <summary>Bytes of them and of their quarantine files.</summary>
    public long BytesWritten { get; private set; }

    /// <summary>Takes in a shard that was made.</summary>
    public void Add(ShardResult shard)
    {
        var place = places[shard.Fingerprint];
        (shards[place], made[place]) = (shard, true);
        FacesMade += shard.Faces;
        RejectedMade += shard.Rejected;
        BytesRead += shard.BytesRead;
        BytesThere += shard.BytesThere;
        BytesWritten += shard.Bytes + shard.QuarantineBytes;
    }

    /// <summary>Takes back shards that are gone, by their places in the plan.</summary>
    public void Forget(IEnumerable<int> gone)
    {
        foreach (var place in gone) shards[place] = null;
    }
}
