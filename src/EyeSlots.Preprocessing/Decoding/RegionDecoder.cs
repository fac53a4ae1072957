using System.Runtime.InteropServices;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Geometry;
using Microsoft.Win32.SafeHandles;

namespace EyeSlots.Preprocessing.Decoding;

/// <summary>
/// Decodes only the rows and columns of a region of a JPEG, by native/jpeg_region.c. It keeps Huffman tables from file to file, so a
/// worker has one for all its files; its owner disposes it. Not thread-safe.
/// </summary>
internal sealed unsafe class RegionDecoder : SafeHandleZeroOrMinusOneIsInvalid
{
    /// <summary>The most scans of a file: a few bytes can ask for scans without end over a large image.</summary>
    public const int MostScans = 500;

    /// <exception cref="OutOfMemoryException">The machine has no more.</exception>
    public RegionDecoder()
        : base(ownsHandle: true)
    {
        SetHandle(PixelLibrary.NewDecoder());
        if (IsInvalid) throw new OutOfMemoryException();
    }

    /// <summary>Decodes a region to BGR.</summary>
    /// <param name="file">A JPEG whose header was read (<see cref="JpegHeader"/>).</param>
    /// <param name="region">A part of the image.</param>
    /// <param name="pixels">Room for width × height × 3 bytes, at its start.</param>
    /// <param name="memory">Most bytes for coefficients, at least 1.</param>
    /// <returns>Null, or why the image cannot be used.</returns>
    /// <exception cref="OutOfMemoryException">The machine has less than the image was allowed.</exception>
    /// <exception cref="ArgumentException">Too little room, or no memory allowed.</exception>
    public Rejection? Decode(ReadOnlySpan<byte> file, PixelRegion region, Span<byte> pixels, long memory) =>
        Decode(file, file.Length, region, pixels, memory, []).Rejection;

    /// <summary>Decodes a region to BGR from a file or its start.</summary>
    /// <param name="start">The first bytes of the file, or all: with the header.</param>
    /// <param name="size">Bytes of the whole file.</param>
    /// <param name="region">A part of the image.</param>
    /// <param name="pixels">Room for width × height × 3 bytes, at its start.</param>
    /// <param name="memory">Most bytes for coefficients, at least 1.</param>
    /// <param name="needed">
    /// Four corners (x, y) around a convex area, in order, in pixels of the image: nothing but it and the pixel next to it will be
    /// read, and the rest of the region may hold anything. None: everything is needed.
    /// </param>
    /// <exception cref="OutOfMemoryException">The machine has less than the image was allowed.</exception>
    /// <exception cref="ArgumentException">Too little room, corners that are not four, no memory allowed, or a file smaller than its start.</exception>
    public DecodeResult Decode(ReadOnlySpan<byte> start, long size, PixelRegion region, Span<byte> pixels, long memory, ReadOnlySpan<double> needed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(memory, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, start.Length);
        if (needed.Length is not (0 or 8)) throw new ArgumentException("An area has four corners.", nameof(needed));
        var area = stackalloc[] { region.X, region.Y, region.Width, region.Height };
        var limits = new DecodeLimits(memory, MostScans);
        var message = stackalloc byte[PixelLibrary.MessageBytes];
        nuint used = 0;
        fixed (byte* data = start)
        fixed (byte* target = pixels)
        fixed (double* corners = needed)
        {
            var status = PixelLibrary.DecodeRegion(
                this, data, (nuint)start.Length, (nuint)size, area, corners, &limits, target, (nuint)pixels.Length, &used, message, PixelLibrary.MessageBytes);
            return status switch
            {
                PixelStatus.Ok => new(null, (long)used),
                PixelStatus.RanOut => DecodeResult.OutOfBytes,
                _ => new(Refuse(status, message), 0),
            };
        }
    }

    /// <summary>Frees the native part.</summary>
    protected override bool ReleaseHandle()
    {
        PixelLibrary.FreeDecoder(handle);
        return true;
    }

    private static Rejection Refuse(PixelStatus status, byte* message) => status switch
    {
        PixelStatus.PrematureEnd => new(RejectCode.ImageUnreadable, "the JPEG ends before the slot does"),
        PixelStatus.Damaged => new(RejectCode.ImageUnreadable, "the JPEG is damaged above the slot's last row"),
        PixelStatus.TooManyScans => new(RejectCode.ImageUnreadable, $"the JPEG cannot be decoded: it has more than {MostScans} scans"),
        PixelStatus.NoMemory => throw new OutOfMemoryException(),
        PixelStatus.AboveLimit => new(RejectCode.ImageTooLarge, "the JPEG's coefficients do not fit into --memory") { ByMemory = true },
        PixelStatus.NoRoom => throw new ArgumentException("The region's pixels do not fit into the room for them."),
        PixelStatus.BadRegion => new(RejectCode.ImageUnreadable, "the JPEG cannot be decoded: it is smaller than its header says"),
        _ => new(RejectCode.ImageUnreadable, $"the JPEG cannot be decoded: {Marshal.PtrToStringUTF8((nint)message)}"),
    };
}
