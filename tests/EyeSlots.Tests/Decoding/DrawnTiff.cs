using System.Buffers.Binary;

namespace EyeSlots.Tests.Decoding;

/// <summary>A TIFF of one directory and one strip, in either byte order.</summary>
internal sealed class DrawnTiff(bool little)
{
    /// <summary>Tag, type and value; written in this order.</summary>
    public List<(int Tag, int Type, uint Value)> Tags { get; } = [];

    /// <summary>The strip, behind the directory.</summary>
    public byte[] Pixels { get; init; } = [];

    /// <summary>An uncompressed RGB image with an Orientation tag.</summary>
    /// <param name="bgr">Pixels as stored.</param>
    /// <param name="width">Pixels as stored.</param>
    /// <param name="height">Pixels as stored.</param>
    /// <param name="orientation">1 to 8.</param>
    /// <param name="little">The file's byte order.</param>
    public static byte[] Rgb(byte[] bgr, int width, int height, int orientation, bool little = true)
    {
        var rgb = new byte[bgr.Length];
        for (var at = 0; at < bgr.Length; at += 3) (rgb[at], rgb[at + 1], rgb[at + 2]) = (bgr[at + 2], bgr[at + 1], bgr[at]);
        const int Bits = 8 + 2 + (10 * 12) + 4;
        byte[] bits = little ? [8, 0, 8, 0, 8, 0] : [0, 8, 0, 8, 0, 8];
        return new DrawnTiff(little)
        {
            Tags =
            {
                (256, 4, (uint)width), (257, 4, (uint)height), (258, 3, Bits), (259, 3, 1), (262, 3, 2), (273, 4, Bits + 6),
                (274, 3, (uint)orientation), (277, 3, 3), (278, 4, (uint)height), (279, 4, (uint)rgb.Length),
            },
            Pixels = [.. bits, .. rgb],
        }.ToArray();
    }

    public byte[] ToArray()
    {
        var file = new byte[8 + 2 + (12 * Tags.Count) + 4 + Pixels.Length];
        (little ? "II*\0"u8 : "MM\0*"u8).CopyTo(file);
        UInt32(file.AsSpan(4), 8);
        UInt16(file.AsSpan(8), (ushort)Tags.Count);
        for (var i = 0; i < Tags.Count; i++)
        {
            var entry = file.AsSpan(10 + (12 * i));
            UInt16(entry, (ushort)Tags[i].Tag);
            UInt16(entry[2..], (ushort)Tags[i].Type);
            UInt32(entry[4..], IsElsewhere(i) ? 3u : 1u);
            if (Tags[i].Type == 3 && !IsElsewhere(i)) UInt16(entry[8..], (ushort)Tags[i].Value);
            else UInt32(entry[8..], Tags[i].Value);
        }

        Pixels.CopyTo(file, file.Length - Pixels.Length);
        return file;
    }

    // Three BitsPerSample lie elsewhere; one number of bits lies in the entry.
    private bool IsElsewhere(int entry) => Tags[entry].Tag == 258 && Tags[entry].Value > 32;

    private void UInt16(Span<byte> at, ushort value)
    {
        if (little) BinaryPrimitives.WriteUInt16LittleEndian(at, value);
        else BinaryPrimitives.WriteUInt16BigEndian(at, value);
    }

    private void UInt32(Span<byte> at, uint value)
    {
        if (little) BinaryPrimitives.WriteUInt32LittleEndian(at, value);
        else BinaryPrimitives.WriteUInt32BigEndian(at, value);
    }
}
