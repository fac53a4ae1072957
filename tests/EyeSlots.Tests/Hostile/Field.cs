using System.Buffers.Binary;

namespace EyeSlots.Tests.Hostile;

/// <summary>A whole number somewhere in a file's headers.</summary>
/// <param name="At">Its first byte.</param>
/// <param name="Bytes">1, 2, 3 or 4.</param>
/// <param name="IsLittle">Its byte order.</param>
internal readonly record struct Field(int At, int Bytes, bool IsLittle)
{
    /// <summary>Puts a value there that a decoder may not expect: limits, neighbours of what was there, lengths that are the file's.</summary>
    public void MakeHostile(byte[] file, Random random)
    {
        if (At + Bytes > file.Length) return;
        Span<byte> bytes = stackalloc byte[4];
        var there = file.AsSpan(At, Bytes);
        (IsLittle ? there : Reversed(there)).CopyTo(bytes);
        var old = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Value(old, file.Length, random));
        bytes[..Bytes].CopyTo(there);
        if (!IsLittle) there.Reverse();
    }

    private uint Value(uint old, int length, Random random)
    {
        var most = uint.MaxValue >> (8 * (4 - Bytes));
        return random.Next(16) switch
        {
            0 => 0,
            1 => 1,
            2 => 2,
            3 => most,
            4 => most - 1,
            5 => (most >> 1) + 1,
            6 => most >> 1,
            7 => old + 1,
            8 => old - 1,
            9 => old * 2,
            10 => old / 2,
            11 => (uint)length,
            12 => (uint)(length - At),
            13 => (uint)random.Next(20),
            14 => (uint)random.Next(100_000),
            _ => (uint)random.NextInt64(1L << 32),
        };
    }

    private static Span<byte> Reversed(Span<byte> bytes)
    {
        var copy = bytes.ToArray();
        Array.Reverse(copy);
        return copy;
    }
}
