using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace EyeSlots.Tests.Decoding;

/// <summary>PNG of 8-bit palette indices, which OpenCV does not write.</summary>
internal static class DrawnPalettePng
{
    /// <summary>Draws the image.</summary>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="index">The palette's entry at a pixel.</param>
    /// <param name="palette">Red, green and blue of an entry.</param>
    public static byte[] Draw(int width, int height, Func<int, int, byte> index, Func<byte, (byte Red, byte Green, byte Blue)> palette)
    {
        List<byte> file = [0x89, .. "PNG\r\n\x1A\n"u8];
        Chunk(file, "IHDR"u8, [.. BigEndian(width), .. BigEndian(height), 8, 3, 0, 0, 0]);
        Chunk(file, "PLTE"u8, [.. Enumerable.Range(0, 256).Select(entry => palette((byte)entry)).SelectMany(c => new[] { c.Red, c.Green, c.Blue })]);
        var rows = new byte[height * (width + 1)];
        for (var at = 0; at < width * height; at++) rows[(at / width * (width + 1)) + 1 + (at % width)] = index(at % width, at / width);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest)) zlib.Write(rows);
        Chunk(file, "IDAT"u8, packed.ToArray());
        Chunk(file, "IEND"u8, []);
        return [.. file];
    }

    /// <summary>A header of any size, and one byte for all its pixels.</summary>
    public static byte[] HeaderOnly(int width, int height)
    {
        List<byte> file = [0x89, .. "PNG\r\n\x1A\n"u8];
        Chunk(file, "IHDR"u8, [.. BigEndian(width), .. BigEndian(height), 8, 2, 0, 0, 0]);
        Chunk(file, "IDAT"u8, [0]);
        Chunk(file, "IEND"u8, []);
        return [.. file];
    }

    private static void Chunk(List<byte> file, ReadOnlySpan<byte> name, byte[] body)
    {
        byte[] summed = [.. name, .. body];
        file.AddRange([.. BigEndian(body.Length), .. summed, .. BigEndian((int)Crc32.HashToUInt32(summed))]);
    }

    private static byte[] BigEndian(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
