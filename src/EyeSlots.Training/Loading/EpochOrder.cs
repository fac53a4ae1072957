using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EyeSlots.Training.Augmentation;

namespace EyeSlots.Training.Loading;

/// <summary>
/// In which order an epoch has its faces: a pure function of the generation's content, the lists, the seed and the epoch. Shards are
/// shuffled and taken some at a time; the faces of such a window are shuffled together. Any window is found without those before it.
/// </summary>
internal sealed class EpochOrder
{
    /// <summary>Shards of a window of which the faces are shuffled together.</summary>
    public const int ShardsShuffled = 16;

    private readonly FaceTable table;
    private readonly int[] shards;
    private readonly int shardsOfWindow;
    private readonly ulong? seed;

    private EpochOrder(FaceTable table, int shardsOfWindow, ulong? seed)
    {
        (this.table, this.shardsOfWindow, this.seed) = (table, shardsOfWindow, seed);
        shards = [.. Enumerable.Range(0, table.ShardFaces.Count).Where(shard => table.ShardFaces[shard].Count > 0)];
        if (seed is { } first) new SplitMix64(first).Shuffle(shards);
    }

    /// <summary>The order of an epoch of training.</summary>
    public static EpochOrder Shuffled(FaceTable table, long seed, int epoch) => new(table, ShardsShuffled, SeedOf(table, seed, epoch));

    /// <summary>The order of the faces' numbers.</summary>
    public static EpochOrder OfNumbers(FaceTable table) => new(table, 1, null);

    /// <summary>Faces that must be held encoded at a time: those of a whole window, and the next shards on their way.</summary>
    public int MostHeld
    {
        get
        {
            var window = 0;
            for (var start = 0; start < shards.Length; start += shardsOfWindow)
                window = Math.Max(window, CountOf(shards.AsSpan(start, Math.Min(shardsOfWindow, shards.Length - start))));
            return window + (2 * shards.Select(shard => table.ShardFaces[shard].Count).DefaultIfEmpty().Max());
        }
    }

    /// <summary>The windows that hold a place of the epoch or one behind it, in order.</summary>
    public IEnumerable<WindowPlan> WindowsFrom(int place)
    {
        var first = 0;
        for (var window = 0; window * shardsOfWindow < shards.Length; window++)
        {
            var members = shards.AsMemory(window * shardsOfWindow, Math.Min(shardsOfWindow, shards.Length - (window * shardsOfWindow)));
            var count = CountOf(members.Span);
            if (first + count > place) yield return new(table, members, first, Math.Max(first, place), Permutation(window, count));
            first += count;
        }
    }

    private int CountOf(ReadOnlySpan<int> members)
    {
        var count = 0;
        foreach (var shard in members) count += table.ShardFaces[shard].Count;
        return count;
    }

    private int[] Permutation(int window, int count)
    {
        var order = new int[count];
        for (var i = 0; i < count; i++) order[i] = i;
        if (seed is { } epochSeed) new SplitMix64(SplitMix64.Hash(epochSeed, (ulong)window)).Shuffle(order);
        return order;
    }

    private static ulong SeedOf(FaceTable table, long seed, int epoch)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{table.Generation.ContentSha256}\n{string.Join('\n', table.Lists)}\n{seed}\n{epoch}");
        return BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
