namespace EyeSlots.Preprocessing.Decoding;

/// <summary>A prefix code of a VP8L stream: canonical, codes of up to 15 bits.</summary>
internal sealed class Vp8lCode
{
    private const int LongestCode = 15;
    private const int Repeat = 16;
    private static readonly byte[] LengthOrder = [17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

    private readonly int[] counts = new int[LongestCode + 1];
    private readonly int[] symbols;

    private Vp8lCode(ReadOnlySpan<byte> lengths)
    {
        foreach (var length in lengths) counts[length]++;
        counts[0] = 0;
        symbols = new int[counts.Sum()];
        var at = 0;
        for (var length = 1; length <= LongestCode; length++)
        {
            for (var symbol = 0; symbol < lengths.Length; symbol++)
            {
                if (lengths[symbol] == length) symbols[at++] = symbol;
            }
        }
    }

    // A code of one symbol takes no bits; others must use up all codes.
    private bool IsComplete
    {
        get
        {
            long used = 0;
            for (var length = 1; length <= LongestCode; length++) used += (long)counts[length] << (LongestCode - length);
            return symbols.Length == 1 || used == 1 << LongestCode;
        }
    }

    /// <summary>Reads a code's description.</summary>
    /// <param name="bits">The stream.</param>
    /// <param name="alphabet">How many symbols there are.</param>
    /// <returns>Null where it is none.</returns>
    public static Vp8lCode? Read(ref Vp8lBits bits, int alphabet)
    {
        var lengths = new byte[alphabet];
        var isRead = bits.Read(1) == 1 ? ReadSimple(ref bits, lengths) : ReadLengths(ref bits, lengths);
        if (!isRead) return null;
        var code = new Vp8lCode(lengths);
        return code.IsComplete ? code : null;
    }

    /// <summary>Reads a symbol.</summary>
    public int Next(ref Vp8lBits bits)
    {
        if (symbols.Length == 1) return symbols[0];
        var (code, first, index) = (0, 0, 0);
        for (var length = 1; length <= LongestCode; length++)
        {
            code |= (int)bits.Read(1);
            if (code - first < counts[length]) return symbols[index + code - first];
            index += counts[length];
            first = (first + counts[length]) << 1;
            code <<= 1;
        }

        return 0; // a complete code has no others
    }

    private static bool ReadSimple(ref Vp8lBits bits, byte[] lengths)
    {
        var two = bits.Read(1) == 1;
        var first = (int)bits.Read(bits.Read(1) == 1 ? 8 : 1);
        if (first >= lengths.Length) return false;
        lengths[first] = 1;
        if (!two) return true;
        var second = (int)bits.Read(8);
        if (second >= lengths.Length) return false;
        lengths[second] = 1;
        return true;
    }

    private static bool ReadLengths(ref Vp8lBits bits, byte[] lengths)
    {
        var ofLengths = new byte[LengthOrder.Length];
        var count = 4 + (int)bits.Read(4);
        for (var i = 0; i < count; i++) ofLengths[LengthOrder[i]] = (byte)bits.Read(3);
        var code = new Vp8lCode(ofLengths);
        if (!code.IsComplete) return false;
        var most = bits.Read(1) == 1 ? 2 + (int)bits.Read(2 + (2 * (int)bits.Read(3))) : lengths.Length;
        return most <= lengths.Length && FillLengths(ref bits, code, lengths, most);
    }

    private static bool FillLengths(ref Vp8lBits bits, Vp8lCode code, byte[] lengths, int most)
    {
        byte before = 8;
        for (var symbol = 0; symbol < lengths.Length && most > 0; most--)
        {
            var next = code.Next(ref bits);
            if (next is > 0 and < Repeat) before = (byte)next;
            var (length, times) = next switch
            {
                Repeat => (before, 3 + (int)bits.Read(2)),
                Repeat + 1 => ((byte)0, 3 + (int)bits.Read(3)),
                Repeat + 2 => ((byte)0, 11 + (int)bits.Read(7)),
                _ => ((byte)next, 1),
            };
            if (times > lengths.Length - symbol) return false;
            lengths.AsSpan(symbol, times).Fill(length);
            symbol += times;
        }

        return true;
    }
}
