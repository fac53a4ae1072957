using System.Buffers.Binary;
using System.IO.Compression;
using EyeSlots.Core.Geometry;

namespace EyeSlots.Preprocessing.Decoding;

/// <summary>
/// Checks the sums of deflated strips or tiles. libtiff stops where it has the last pixel, before the sum, so that damage passes for pixels.
/// </summary>
internal static unsafe class TiffSums
{
    private const int BufferBytes = 16 << 10;

    /// <summary>Inflates the strips or tiles of a region once more, to their ends.</summary>
    /// <param name="file">A file that <see cref="TiffHeader"/> has read.</param>
    /// <param name="header">What it has read.</param>
    /// <param name="region">A part of the image.</param>
    /// <returns>Null, or what is wrong.</returns>
    public static string? Check(ReadOnlySpan<byte> file, in ImageHeader header, PixelRegion region)
    {
        if (TiffDirectory.Open(file, out var directory) is { } broken) return broken;
        if (TiffSamples.Read(directory, out var samples) is { } refused) return refused;
        if (!samples.AreDeflated) return null;
        var blocks = new TiffBlocks(directory, samples, header);
        for (var plane = 0; plane < blocks.Planes; plane++)
        {
            for (var row = region.Y / header.Block.Height; row * (long)header.Block.Height < region.Y + region.Height; row++)
            {
                for (var column = region.X / header.Block.Width; column * (long)header.Block.Width < region.X + region.Width; column++)
                {
                    var number = blocks.Number(plane, row, column);
                    if (!IsWhole(file[blocks.Bytes(number)], blocks.LeastBytes(number), blocks.MostBytes)) return "a strip or tile is damaged";
                }
            }
        }

        return null;
    }

    private static bool IsWhole(ReadOnlySpan<byte> packed, long least, long most)
    {
        fixed (byte* first = packed)
        {
            using var inflated = new ZLibStream(new UnmanagedMemoryStream(first, packed.Length), CompressionMode.Decompress);
            var (buffer, bytes, sum) = (new byte[BufferBytes], 0L, new AdlerSum());
            try
            {
                for (int read; (read = inflated.Read(buffer)) > 0 && bytes <= most; bytes += read) sum.Add(buffer.AsSpan(0, read));
            }
            catch (InvalidDataException)
            {
                return false;
            }

            return bytes >= least && bytes <= most && sum.Ends(packed);
        }
    }

    /// <summary>Adler-32 (RFC 1950). ZLibStream does not say whether it has come to the sum or the stream was cut before it.</summary>
    private struct AdlerSum()
    {
        private const uint Modulus = 65_521;
        private const int MostBehind = 4; // what fills up a strip to words

        private uint low = 1;
        private uint high;

        public void Add(ReadOnlySpan<byte> bytes)
        {
            foreach (var value in bytes)
            {
                low = (low + value) % Modulus;
                high = (high + low) % Modulus;
            }
        }

        public readonly bool Ends(ReadOnlySpan<byte> packed)
        {
            Span<byte> sum = stackalloc byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(sum, (high << 16) | low);
            return packed[Math.Max(0, packed.Length - sum.Length - MostBehind)..].IndexOf(sum) >= 0;
        }
    }
}
