using System.Buffers.Binary;
using System.IO.Compression;

namespace EyeSlots.Tests.Decoding;

/// <summary>Image files that no encoder at hand writes, made byte by byte.</summary>
internal static class HandMade
{
    /// <summary>A CMYK JPEG of one colour: baseline, four components, only DC values (ITU-T T.81).</summary>
    public static byte[] CmykJpeg(int side, byte[] cmyk)
    {
        List<byte> file = [0xFF, 0xD8, 0xFF, 0xEE, 0, 14, (byte)'A', (byte)'d', (byte)'o', (byte)'b', (byte)'e', 0, 100, 0, 0, 0, 0, 0];
        file.AddRange([0xFF, 0xDB, 0, 67, 0, .. Enumerable.Repeat((byte)1, 64)]);
        file.AddRange([0xFF, 0xC0, 0, 20, 8, (byte)(side >> 8), (byte)side, (byte)(side >> 8), (byte)side, 4, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0]);

        // DC: categories 0 to 15 with codes of 4 bits, but the last, all ones, which is forbidden; AC: end of block, code 0.
        file.AddRange([0xFF, 0xC4, 0, 34, 0, 0, 0, 0, 15, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. Enumerable.Range(0, 15).Select(i => (byte)i)]);
        file.AddRange([0xFF, 0xC4, 0, 20, 0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        file.AddRange([0xFF, 0xDA, 0, 14, 4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0]);
        var bits = new Bits(file);
        for (var block = 0; block < side / 8 * (side / 8); block++)
        {
            foreach (var sample in cmyk) bits.WriteDc(block == 0 ? (sample - 128) * 8 : 0);
        }

        bits.End();
        file.AddRange([0xFF, 0xD9]);
        return [.. file];
    }

    /// <summary>A palette PNG whose pixel (x, y) has colour (x + y) mod 256.</summary>
    public static byte[] PalettePng(int side, byte[] palette)
    {
        using var pixels = new MemoryStream();
        using (var zlib = new ZLibStream(pixels, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var y = 0; y < side; y++) zlib.Write([0, .. Enumerable.Range(0, side).Select(x => (byte)(x + y))]);
        }

        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, side);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), side);
        (header[8], header[9]) = (8, 3);
        return [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, .. Chunk("IHDR", header), .. Chunk("PLTE", palette), .. Chunk("IDAT", pixels.ToArray()), .. Chunk("IEND", [])];
    }

    /// <summary>An uncompressed RGB TIFF with an Orientation tag.</summary>
    public static byte[] Tiff(int width, int height, byte[] rgb, ushort orientation)
    {
        (ushort Tag, ushort Type, uint Count, uint Value)[] entries =
        [
            (256, 3, 1, (uint)width), (257, 3, 1, (uint)height), (258, 3, 3, 8), (259, 3, 1, 1), (262, 3, 1, 2), (273, 4, 1, 0), (274, 3, 1, orientation),
            (277, 3, 1, 3), (278, 3, 1, (uint)height), (279, 4, 1, (uint)rgb.Length), (284, 3, 1, 1),
        ];
        var depths = 8 + 2 + (entries.Length * 12) + 4;
        var start = depths + 6;
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write([(byte)'I', (byte)'I', 42, 0, 8, 0, 0, 0]);
        writer.Write((ushort)entries.Length);
        foreach (var (tag, type, count, value) in entries)
        {
            writer.Write(tag);
            writer.Write(type);
            writer.Write(count);
            writer.Write(tag switch { 258 => (uint)depths, 273 => (uint)start, _ => value });
        }

        writer.Write(0);
        for (var i = 0; i < 3; i++) writer.Write((ushort)8);
        writer.Write(rgb);
        return file.ToArray();
    }

    private static byte[] Chunk(string name, byte[] content)
    {
        byte[] named = [.. System.Text.Encoding.ASCII.GetBytes(name), .. content];
        var chunk = new byte[named.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        named.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc(named));
        return chunk;
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
        }

        return ~crc;
    }

    private sealed class Bits(List<byte> file)
    {
        private int held, count;

        /// <summary>A DC difference and an end of block.</summary>
        public void WriteDc(int difference)
        {
            var category = difference == 0 ? 0 : 32 - System.Numerics.BitOperations.LeadingZeroCount((uint)Math.Abs(difference));
            Write(category, 4);
            Write(difference < 0 ? difference + (1 << category) - 1 : difference, category);
            Write(0, 1);
        }

        public void End()
        {
            while (count != 0) Write(1, 1);
        }

        private void Write(int value, int bits)
        {
            for (var bit = bits - 1; bit >= 0; bit--)
            {
                held = (held << 1) | ((value >> bit) & 1);
                if (++count < 8) continue;
                file.Add((byte)held);
                if ((byte)held == 0xFF) file.Add(0);
                (held, count) = (0, 0);
            }
        }
    }
}
