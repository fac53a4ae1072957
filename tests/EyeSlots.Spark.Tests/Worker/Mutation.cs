using System.Buffers.Binary;

namespace EyeSlots.Spark.Tests.Worker;

/// <summary>Damages a recorded connection in the ways that find unchecked lengths and offsets. The same seed damages alike.</summary>
internal static class Mutation
{
    private static readonly int[] Extremes = [int.MaxValue, int.MinValue, -1, 0, 1, -8, 1 << 30, 16 << 20, 0x00ffffff];

    internal static byte[] Of(byte[] bytes, Random random)
    {
        var copy = (byte[])bytes.Clone();
        for (var left = random.Next(1, 4); left > 0; left--) copy = Once(copy, random);
        return copy;
    }

    private static byte[] Once(byte[] bytes, Random random)
    {
        // Half of the damage goes into the last kilobyte, where functions, command and Arrow lie, and not into texts of confs.
        var from = random.Next(2) == 0 ? Math.Max(0, bytes.Length - 1200) : 0;
        var at = bytes.Length == 0 ? 0 : random.Next(from, bytes.Length);
        switch (random.Next(6))
        {
            case 0:
                return bytes[..at];
            case 1:
                return [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + random.Next(1, 40))..]];
            case 2:
                return [.. bytes[..at], .. bytes[at..Math.Min(bytes.Length, at + random.Next(1, 40))], .. bytes[at..]];
            case 3 when bytes.Length - at >= 4:
                BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(at), Extremes[random.Next(Extremes.Length)]);
                return bytes;
            case 4 when bytes.Length - at >= 4:
                BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at & ~3), Extremes[random.Next(Extremes.Length)]);
                return bytes;
            default:
                if (bytes.Length > 0) bytes[at] = (byte)random.Next(256);
                return bytes;
        }
    }
}
