using System.Buffers.Binary;

namespace EyeSlots.Benchmarks.Fuzzing;

/// <summary>Changes bytes without knowing what they mean: flips, other lengths, hostile numbers, parts of another file.</summary>
internal static class ByteMutation
{
    /// <summary>A changed copy.</summary>
    /// <param name="file">The bytes.</param>
    /// <param name="other">Another file of the kind.</param>
    /// <param name="random">Decides all of it.</param>
    public static byte[] Of(byte[] file, byte[] other, Random random)
    {
        var bytes = (byte[])file.Clone();
        for (var change = random.Next(1, 5); change > 0 && bytes.Length > 0; change--) bytes = Once(bytes, other, random);
        return bytes;
    }

    private static byte[] Once(byte[] bytes, byte[] other, Random random)
    {
        // What decides stands at both ends: headers at the start, footers at the end.
        var at = random.Next(3) switch
        {
            0 => random.Next(Math.Min(100, bytes.Length)),
            1 => Math.Max(0, bytes.Length - 1 - random.Next(4000)),
            _ => random.Next(bytes.Length),
        };
        switch (random.Next(8))
        {
            case 0 or 1: bytes[at] ^= (byte)(1 << random.Next(8)); return bytes;
            case 2: bytes[at] = (byte)random.Next(256); return bytes;
            case 3: return bytes[..at];
            case 4: return [.. bytes[..at], .. bytes[random.Next(bytes.Length)..]];
            case 5: return [.. bytes[..at], .. other.AsSpan(random.Next(other.Length + 1))];
            case 6: random.NextBytes(bytes.AsSpan(at, Math.Min(bytes.Length - at, random.Next(1, 16)))); return bytes;
            default: return WithNumber(bytes, at, random);
        }
    }

    private static byte[] WithNumber(byte[] bytes, int at, Random random)
    {
        Span<byte> number = stackalloc byte[sizeof(long)];
        if (random.Next(2) == 0) BinaryPrimitives.WriteInt64LittleEndian(number, HostileValues.Number(random));
        else BinaryPrimitives.WriteInt64BigEndian(number, HostileValues.Number(random));
        number[..Math.Min(1 << random.Next(4), bytes.Length - at)].CopyTo(bytes.AsSpan(at));
        return bytes;
    }
}
