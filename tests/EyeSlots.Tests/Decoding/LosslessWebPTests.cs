using EyeSlots.Preprocessing.Decoding;
using OpenCvSharp;

namespace EyeSlots.Tests.Decoding;

/// <summary>What a lossless WebP makes libwebp hold is known before it is decoded.</summary>
public sealed class LosslessWebPTests
{
    private const int Lossless = 101;

    /// <summary>The whole of a valid file's beginning is understood, or the file would be refused; libwebp's encoder names at most 2,600 groups.</summary>
    [Fact]
    public void Count_FilesOfManyKinds_FindsTheGroupsOfEach()
    {
        List<int> groups = [];
        foreach (var (width, height) in ((int, int)[])[(1, 1), (17, 5), (240, 160), (511, 333), (1500, 1100)])
        {
            using var image = Photographs.Cut(width, height, width);
            using var few = new Mat();
            Cv2.BitwiseAnd(image, new Scalar(192, 128, 128), few);
            using var flat = new Mat(height, width, MatType.CV_8UC3, new Scalar(1, 2, 3));
            foreach (var drawn in (Mat[])[image, few, flat]) groups.Add(Count(Photographs.Encode(drawn, ".webp", 64, Lossless)));
        }

        Assert.All(groups, count => Assert.InRange(count, 1, 2600));
        Assert.Contains(groups, count => count > 10);
        Assert.Contains(1, groups);
    }

    /// <summary>34 bytes that ask for tables of 65,536 groups, some 350 MB, where the image itself would take 20 MB.</summary>
    [Fact]
    public void Read_StreamThatNamesManyGroups_CostsTheirTables()
    {
        const int Side = 1600;
        var stream = new BitWriter();
        stream.Write(0x2F, 8);
        stream.Write(Side - 1, 14);
        stream.Write(Side - 1, 14);
        stream.Write(0, 4); // no alpha, version 0
        stream.Write(0, 1); // no transform
        stream.Write(0, 1); // no cache of colours
        stream.Write(1, 1); // groups are named by an image
        stream.Write(7, 3); // of blocks of 512 x 512 pixels
        stream.Write(0, 1); // no cache of colours there
        foreach (var symbol in (int[])[255, 255, 0, 0, 0]) stream.Only(symbol); // green, red, blue, alpha, distance
        stream.Write(0, 64);
        var file = stream.ToWebP();
        Assert.Equal(65_536, Count(file));
        Assert.True(Decoded.Header(file).DecoderBytes > 1L << 30);
    }

    private static int Count(byte[] file)
    {
        var header = Decoded.Header(file);
        return Vp8lGroups.Count(file.AsSpan()[header.Stream], header.Width, header.Height);
    }

    /// <summary>Bits of a stream, the lowest of a byte first.</summary>
    private sealed class BitWriter
    {
        private readonly List<bool> bits = [];

        public void Write(int value, int count)
        {
            for (var i = 0; i < count; i++) bits.Add(i < 32 && (value >> i & 1) == 1);
        }

        /// <summary>A code of one symbol.</summary>
        public void Only(int symbol)
        {
            Write(1, 1); // simple
            Write(0, 1); // one symbol
            Write(1, 1); // of 8 bits
            Write(symbol, 8);
        }

        public byte[] ToWebP()
        {
            var stream = new byte[(bits.Count + 15) / 16 * 2];
            for (var i = 0; i < bits.Count; i++) stream[i / 8] |= (byte)(bits[i] ? 1 << (i % 8) : 0);
            return [.. "RIFF"u8, (byte)(stream.Length + 12), 0, 0, 0, .. "WEBPVP8L"u8, (byte)stream.Length, 0, 0, 0, .. stream];
        }
    }
}
