namespace EyeSlots.Preprocessing.Duplicates;

/// <summary>
/// Joins hashes that differ in few bits. Of d + 1 bands at least one is equal in two hashes at distance d, so only hashes that share a
/// band are compared; equal hashes are joined first, so many copies of one picture cost no more than one.
/// </summary>
internal sealed class NearHashes
{
    private readonly UInt128[] hashes;
    private readonly int[] parent;

    private NearHashes(UInt128[] hashes) => (this.hashes, parent) = (hashes, [.. Enumerable.Range(0, hashes.Length)]);

    /// <summary>For each hash the index of the first one of its group.</summary>
    public static int[] Groups(UInt128[] hashes, int maxDistance)
    {
        var near = new NearHashes(hashes);
        var distinct = near.JoinEqual();
        var bands = maxDistance + 1;
        for (var band = 0; band < bands && maxDistance > 0; band++) near.JoinBand(distinct, band, bands, maxDistance);
        return [.. Enumerable.Range(0, hashes.Length).Select(near.Root)];
    }

    private List<int> JoinEqual()
    {
        Dictionary<UInt128, int> first = [];
        List<int> distinct = [];
        for (var i = 0; i < hashes.Length; i++)
        {
            if (first.TryAdd(hashes[i], i)) distinct.Add(i);
            else Join(first[hashes[i]], i);
        }

        return distinct;
    }

    private void JoinBand(List<int> distinct, int band, int bands, int maxDistance)
    {
        var (low, high) = (band * CropHash.Bits / bands, (band + 1) * CropHash.Bits / bands);
        var mask = (UInt128.One << (high - low)) - 1;
        var sorted = distinct.Select(i => (Key: (hashes[i] >> low) & mask, Index: i)).ToArray();
        Array.Sort(sorted);
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            for (end = start + 1; end < sorted.Length && sorted[end].Key == sorted[start].Key; end++)
            {
                for (var i = start; i < end; i++)
                {
                    if (CropHash.Distance(hashes[sorted[i].Index], hashes[sorted[end].Index]) <= maxDistance) Join(sorted[i].Index, sorted[end].Index);
                }
            }
        }
    }

    private void Join(int a, int b)
    {
        var (x, y) = (Root(a), Root(b));
        parent[Math.Max(x, y)] = Math.Min(x, y);
    }

    private int Root(int at)
    {
        while (parent[at] != at) at = parent[at] = parent[parent[at]];
        return at;
    }
}
