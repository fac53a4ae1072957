using System.Buffers.Binary;
using System.IO.Hashing;
using EyeSlots.Core.Planning;

namespace EyeSlots.Benchmarks.Fuzzing;

/// <summary>Writes another size into a picture's header and lets the row state the same, so that neither gives the other away.</summary>
internal static class SizeMutation
{
    /// <summary>A copy with another size in the header of a JPEG or PNG, its checksum made good.</summary>
    public static byte[] Of(byte[] picture, SlotFormat format, ref (int Width, int Height) stated, Random random)
    {
        picture = (byte[])picture.Clone();
        var (width, height) = ((ushort)HostileValues.Number(random), (ushort)HostileValues.Number(random));
        var changed = format switch
        {
            SlotFormat.Jpeg => Jpeg(picture, width, height),
            SlotFormat.Png => Png(picture, width, height),
            _ => false,
        };
        if (changed) stated = (width, height);
        return picture;
    }

    private static bool Jpeg(byte[] picture, ushort width, ushort height)
    {
        var frame = picture.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        if (frame < 0 || frame + 9 > picture.Length) return false;
        BinaryPrimitives.WriteUInt16BigEndian(picture.AsSpan(frame + 5), height);
        BinaryPrimitives.WriteUInt16BigEndian(picture.AsSpan(frame + 7), width);
        return true;
    }

    private static bool Png(byte[] picture, ushort width, ushort height)
    {
        if (picture.Length < 33) return false;
        BinaryPrimitives.WriteInt32BigEndian(picture.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(picture.AsSpan(20), height);
        BinaryPrimitives.WriteUInt32BigEndian(picture.AsSpan(29), Crc32.HashToUInt32(picture.AsSpan(12, 17)));
        return true;
    }
}
