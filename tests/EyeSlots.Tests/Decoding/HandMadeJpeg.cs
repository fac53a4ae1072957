using System.Buffers.Binary;

namespace EyeSlots.Tests.Decoding;

/// <summary>
/// JPEG files that no common encoder writes, by an encoder of flat 8 x 8 blocks: CMYK, and progressive files of any number of scans.
/// Its Huffman tables give each DC category a code of four bits and know one AC symbol, a code of one bit.
/// </summary>
internal static class HandMadeJpeg
{
    private const int AdobeCmyk = 0;
    private const byte EndOfBlock = 0x00;
    private const byte EndOf64Blocks = 0x60; // a run of 2^6 + the next six bits

    /// <summary>Baseline, four components, no subsampling, in flat blocks.</summary>
    /// <param name="across">Blocks of a row.</param>
    /// <param name="down">Rows of blocks.</param>
    /// <param name="inks">The value of a component (0 to 3) at a block, 0 to 255.</param>
    public static byte[] Cmyk(int across, int down, Func<int, int, int, byte> inks)
    {
        List<byte> file = [0xFF, 0xD8];
        Segment(file, 0xEE, [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, AdobeCmyk]);
        Tables(file, EndOfBlock);
        Frame(file, 0xC0, 8 * across, 8 * down, 4);
        Segment(file, 0xDA, [4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0]);
        var (bits, before) = (new BitWriter(file), new int[4]);
        for (var block = 0; block < across * down; block++)
        {
            for (var c = 0; c < 4; c++)
            {
                var dc = inks(c, block % across, block / across) - 128; // the quantizer is 8, so a flat block's DC is its level
                bits.Dc(dc - before[c]);
                bits.Write(0, 1); // end of block
                before[c] = dc;
            }
        }

        bits.Flush();
        file.AddRange([0xFF, 0xD9]);
        return [.. file];
    }

    /// <summary>Progressive, gray, 64 x 64, all of one level: one DC scan, then AC scans that add nothing, each of them legal.</summary>
    public static byte[] Progressive(int scans)
    {
        List<byte> file = [0xFF, 0xD8];
        Tables(file, EndOf64Blocks);
        Frame(file, 0xC2, 64, 64, 1);
        Segment(file, 0xDA, [1, 1, 0, 0, 0, 0]);
        var bits = new BitWriter(file);
        for (var block = 0; block < 64; block++) bits.Dc(block == 0 ? 32 : 0);
        bits.Flush();
        for (var scan = 0; scan < scans - 1; scan++)
        {
            var (coefficient, low) = (1 + (scan / 14), 13 - (scan % 14)); // each coefficient is refined from bit 13 down to bit 0
            Segment(file, 0xDA, [1, 1, 0, (byte)coefficient, (byte)coefficient, (byte)(low == 13 ? 13 : ((low + 1) << 4) | low)]);
            file.Add(0x01); // "end of 64 blocks", six bits of zero, one of padding
        }

        file.AddRange([0xFF, 0xD9]);
        return [.. file];
    }

    /// <summary>A header of any size, a scan without pixels, and an end.</summary>
    public static byte[] HeaderOnly(int width, int height, int components = 3, byte marker = 0xC0)
    {
        List<byte> file = [0xFF, 0xD8];
        Frame(file, marker, width, height, components);
        byte[] pairs = [.. Enumerable.Range(1, components).SelectMany(id => new byte[] { (byte)id, 0 })];
        Segment(file, 0xDA, [(byte)components, .. pairs, 0, 63, 0]);
        return [.. file, 0xFF, 0xD9];
    }

    private static void Tables(List<byte> file, byte acSymbol)
    {
        Segment(file, 0xDB, [0, .. Enumerable.Repeat((byte)8, 64)]);
        Segment(file, 0xC4, [0x00, 0, 0, 0, 12, .. new byte[12], .. Enumerable.Range(0, 12).Select(category => (byte)category)]);
        Segment(file, 0xC4, [0x10, 1, .. new byte[15], acSymbol]);
    }

    private static void Frame(List<byte> file, byte marker, int width, int height, int components) => Segment(file, marker,
        [8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, (byte)components,
            .. Enumerable.Range(1, components).SelectMany(id => new byte[] { (byte)id, 0x11, 0 })]);

    private static void Segment(List<byte> file, byte marker, byte[] body)
    {
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)(body.Length + 2));
        file.AddRange([0xFF, marker, .. length, .. body]);
    }

    private sealed class BitWriter(List<byte> file)
    {
        private int pending;
        private int held;

        public void Dc(int difference)
        {
            var category = 32 - System.Numerics.BitOperations.LeadingZeroCount((uint)Math.Abs(difference));
            Write(category, 4);
            Write(difference < 0 ? difference + (1 << category) - 1 : difference, category);
        }

        public void Write(int value, int count)
        {
            for (var bit = count - 1; bit >= 0; bit--)
            {
                pending = (pending << 1) | ((value >> bit) & 1);
                if (++held < 8) continue;
                file.Add((byte)pending);
                if (pending == 0xFF) file.Add(0); // a stuffed byte, so that it is no marker
                (pending, held) = (0, 0);
            }
        }

        public void Flush()
        {
            while (held != 0) Write(1, 1);
        }
    }
}
