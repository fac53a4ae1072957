using System.Numerics;

namespace EyeSlots.Core.Planning;

/// <summary>
/// Takes the faces of a list as they are read and puts them in the order of shards: by the first bits of their hashes, which are as good as
/// drawn, they are dealt into small parts, and all cores sort parts.
/// </summary>
internal sealed class FaceOrder
{
    private const int BlockFaces = 1024, FacesOfPart = 512, MostBits = 16;
    private readonly List<PlannedFace[]> blocks = [];
    private int count;

    /// <summary>Takes a face.</summary>
    public void Add(in PlannedFace face)
    {
        if (count % BlockFaces == 0) blocks.Add(new PlannedFace[BlockFaces]);
        blocks[^1][count++ % BlockFaces] = face;
    }

    /// <summary>All faces in the order of <see cref="PlannedFace.CompareTo"/>.</summary>
    public PlannedFace[] Sort()
    {
        var bits = Math.Min(BitOperations.Log2((uint)(count / FacesOfPart) | 1), MostBits);
        var ends = Starts(bits);
        var dealt = new PlannedFace[count];
        for (var i = 0; i < count; i++)
        {
            ref readonly var face = ref At(i);
            dealt[ends[PartOf(face, bits)]++] = face;
        }

        Parallel.For(0, ends.Length, part => dealt.AsSpan((part == 0 ? 0 : ends[part - 1])..ends[part]).Sort());
        return dealt;
    }

    private int[] Starts(int bits)
    {
        var starts = new int[1 << bits];
        for (var i = 0; i < count; i++) starts[PartOf(At(i), bits)]++;
        var start = 0;
        foreach (ref var part in starts.AsSpan()) (part, start) = (start, start + part);
        return starts;
    }

    private ref readonly PlannedFace At(int index) => ref blocks[index / BlockFaces][index % BlockFaces];

    // Shifted twice: all 128 bits at once would be none.
    private static int PartOf(in PlannedFace face, int bits) => (int)(face.Hash >> (PlannedFace.HashBits - 1 - bits) >> 1);
}
