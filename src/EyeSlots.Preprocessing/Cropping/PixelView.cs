using EyeSlots.Core.Geometry;

namespace EyeSlots.Preprocessing.Cropping;

/// <summary>BGR pixels in memory that somebody else owns. None can be made that reaches beyond that memory.</summary>
internal readonly ref struct PixelView
{
    /// <summary>Bytes of a pixel.</summary>
    public const int Channels = 3;

    /// <summary>Lays pixels over memory.</summary>
    /// <param name="bytes">From the first pixel to the end of what may be read and written.</param>
    /// <param name="width">Pixels, at least 1.</param>
    /// <param name="height">Pixels, at least 1.</param>
    /// <param name="stride">Bytes from row to row, at least those of a row.</param>
    /// <exception cref="ArgumentException">The pixels do not lie within the memory.</exception>
    public PixelView(Span<byte> bytes, int width, int height, long stride)
    {
        if (width < 1 || height < 1 || stride < BytesOf(width, 1) || stride > int.MaxValue || ((height - 1) * stride) + BytesOf(width, 1) > bytes.Length)
        {
            throw new ArgumentException($"{width} x {height} pixels, {stride} bytes from row to row, do not lie within {bytes.Length} bytes.", nameof(bytes));
        }

        Bytes = bytes;
        (Width, Height, Stride) = (width, height, stride);
    }

    /// <summary>Lays pixels over memory without gaps between rows.</summary>
    public PixelView(Span<byte> bytes, PixelSize size)
        : this(bytes, size.Width, size.Height, BytesOf(size.Width, 1))
    {
    }

    /// <summary>From the first pixel to the end of the memory, which may lie behind the last pixel.</summary>
    public Span<byte> Bytes { get; }

    /// <summary>Pixels.</summary>
    public int Width { get; }

    /// <summary>Pixels.</summary>
    public int Height { get; }

    /// <summary>Bytes from row to row.</summary>
    public long Stride { get; }

    /// <summary>Bytes of so many pixels without gaps: 64 bits, as two sides of a file's header may multiply to more than an array holds.</summary>
    public static long BytesOf(int width, int height) => checked((long)Channels * width * height);

    /// <summary>The pixels of a row.</summary>
    public Span<byte> Row(int row) => Bytes.Slice(checked((int)(row * Stride)), Channels * Width);

    /// <summary>A part of these pixels.</summary>
    /// <exception cref="ArgumentException">It does not lie within them.</exception>
    public PixelView Part(PixelRegion part)
    {
        if (part.X < 0 || part.Y < 0 || (long)part.X + part.Width > Width || (long)part.Y + part.Height > Height)
        {
            throw new ArgumentException($"{part} does not lie within {Width} x {Height} pixels.", nameof(part));
        }

        return new(Bytes[checked((int)((part.Y * Stride) + (Channels * part.X)))..], part.Width, part.Height, Stride);
    }
}
