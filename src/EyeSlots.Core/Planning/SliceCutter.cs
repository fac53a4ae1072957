namespace EyeSlots.Core.Planning;

/// <summary>
/// Cuts a list into slices by content: the set is halved by successive bits of the path's hash until a part is small enough. So one
/// row more, one less or one changed changes one slice, or two where a part splits or merges.
/// </summary>
internal static class SliceCutter
{
    /// <summary>Most faces of a slice, unless one image has more.</summary>
    public const int MostFaces = 768;

    /// <summary>Cuts faces that are in order.</summary>
    /// <param name="faces">How many there are, in the order of <see cref="PlannedFace.CompareTo"/>.</param>
    /// <param name="hash">The hash of the face at an index.</param>
    /// <returns>Ranges in order; none is empty.</returns>
    public static IEnumerable<Range> Cut(int faces, Func<int, UInt128> hash) => Cut(0, faces, 0, hash);

    private static IEnumerable<Range> Cut(int start, int end, int bit, Func<int, UInt128> hash)
    {
        if (start == end) yield break;
        if (end - start <= MostFaces || bit == PlannedFace.HashBits)
        {
            yield return start..end;
            yield break;
        }

        var middle = FirstWithBit(start, end, bit, hash);
        foreach (var part in Cut(start, middle, bit + 1, hash)) yield return part;
        foreach (var part in Cut(middle, end, bit + 1, hash)) yield return part;
    }

    private static int FirstWithBit(int start, int end, int bit, Func<int, UInt128> hash)
    {
        var mask = UInt128.One << (PlannedFace.HashBits - 1 - bit);
        while (start < end)
        {
            var middle = start + ((end - start) / 2);
            if ((hash(middle) & mask) != 0) end = middle;
            else start = middle + 1;
        }

        return start;
    }
}
