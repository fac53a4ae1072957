using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EyeSlots.Core.Annotations;

/// <summary>
/// Numbers as AffectNet has them, <c>1.00</c> to <c>9999.99</c> with a semicolon behind: their eight bytes are one word, so that neither a
/// digit nor the length is a branch that the processor must guess.
/// </summary>
internal static class TwoDecimals
{
    private const ulong Tens = 0xf0f0f0f0f0f0f0f0, Sixes = 0x0606060606060606;
    private const int WordChars = 8, LeastDigits = 3;
    private const ulong Zeros = 0x3030303030303030, Semicolons = 0x3b3b3b3b3b3b3b3b, Ones = 0x0101010101010101, Highs = 0x8080808080808080;

    /// <summary>Reads the number at the start of a text, to the bit as <see cref="DecimalText.TryRead"/> does.</summary>
    /// <returns>Where its semicolon stands, or -1 where it has another form.</returns>
    public static int Read(ReadOnlySpan<char> text, out double value)
    {
        value = 0;
        if (text.Length < WordChars) return -1;
        var chars = Vector128.Create(MemoryMarshal.Cast<char, ushort>(text[..WordChars]));
        if ((chars & Vector128.Create<ushort>(0xff80)) != Vector128<ushort>.Zero) return -1;
        var word = Vector128.Narrow(chars, chars).AsUInt64().ToScalar();

        // The first zero byte is found right; what a borrow makes of those behind it does not matter.
        var others = word ^ Semicolons;
        var end = BitOperations.TrailingZeroCount((others - Ones) & ~others & Highs) / 8;
        if (end is < LeastDigits + 1 or >= WordChars) return -1;
        var number = word << (8 * (WordChars - end));
        if ((byte)(number >> 40) != '.') return -1;

        // The point goes, and zeros take the room before the number.
        var digits = (number & 0xffff000000000000) | ((number & 0x000000ffffffffff) << 8) | (Zeros >> (8 * (end - 1)));
        if ((((digits & Tens) ^ Zeros) | (((digits + Sixes) & Tens) ^ Zeros)) != 0) return -1;
        value = Whole(digits - Zeros) / 100d;
        return end;
    }

    /// <summary>The number of eight digits, the first in the lowest byte: pairs, then fours, then all.</summary>
    private static uint Whole(ulong digits)
    {
        var pairs = (digits * 10) + (digits >> 8);
        var low = (pairs & 0x000000ff000000ff) * (100 + (1_000_000UL << 32));
        var high = ((pairs >> 16) & 0x000000ff000000ff) * (1 + (10_000UL << 32));
        return (uint)((low + high) >> 32);
    }
}
