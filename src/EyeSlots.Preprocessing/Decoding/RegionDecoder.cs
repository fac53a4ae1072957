using System.Runtime.InteropServices;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Geometry;

namespace EyeSlots.Preprocessing.Decoding;

/// <summary>Decodes only the rows and columns of a region, by native/jpeg.c.</summary>
internal static unsafe partial class RegionDecoder
{
    private const int MessageBytes = 200;
    private const int MostScans = 500;

    private enum Status
    {
        Ok = 0,
        Broken = 1,
        PrematureEnd = 2,
        Damaged = 3,
        TooManyScans = 4,
        NoMemory = 5,
    }

    /// <summary>Gray and three-component JPEG; everything else is OpenCV's.</summary>
    public static bool CanDecode(in ImageHeader header) => header.Format == ImageFormat.Jpeg && header.Components is 1 or 3;

    /// <summary>Decodes a region to BGR.</summary>
    /// <param name="file">A JPEG for which <see cref="CanDecode"/> holds.</param>
    /// <param name="region">A part of the image.</param>
    /// <param name="pixels">Room for width × height × 3 bytes, at its start; the C code is told how much there really is.</param>
    /// <param name="memory">Most bytes for coefficients.</param>
    /// <param name="needed">
    /// Four corners (x, y) around a convex area, in order, in pixels of the image: nothing but it and the pixel next to it will be
    /// read, and the rest of the region may hold anything. None: everything is needed.
    /// </param>
    /// <returns>Null, or why the image cannot be used.</returns>
    public static Rejection? Decode(ReadOnlySpan<byte> file, PixelRegion region, Span<byte> pixels, long memory, ReadOnlySpan<double> needed = default)
    {
        var message = stackalloc byte[MessageBytes];
        fixed (byte* data = file)
        fixed (byte* target = pixels)
        fixed (double* corners = needed)
        {
            var status = (Status)Region(
                data, (nuint)file.Length, region.X, region.Y, region.Width, region.Height, corners,
                target, (nuint)pixels.Length, memory, MostScans, message);
            return status == Status.Ok ? null : Refuse(status, message);
        }
    }

    private static Rejection Refuse(Status status, byte* message) => status switch
    {
        Status.PrematureEnd => new(RejectCode.ImageUnreadable, "the JPEG ends before the slot does"),
        Status.Damaged => new(RejectCode.ImageUnreadable, "the JPEG is damaged above the slot's last row"),
        Status.TooManyScans => new(RejectCode.ImageUnreadable, $"the JPEG has more than {MostScans} scans"),
        Status.NoMemory => new(RejectCode.ImageTooLarge, "the JPEG's coefficients do not fit into --memory"),
        _ => new(RejectCode.ImageUnreadable, $"the JPEG cannot be decoded: {Marshal.PtrToStringUTF8((nint)message)}"),
    };

    [LibraryImport("eyeslots_pixels", EntryPoint = "eyeslots_jpeg_region")]
    private static partial int Region(
        byte* data, nuint length, int x, int y, int width, int height, double* needed, byte* pixels, nuint pixelsLength, long memory, int scans,
        byte* message);
}
