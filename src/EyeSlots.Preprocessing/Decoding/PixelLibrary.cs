using System.Runtime.InteropServices;

namespace EyeSlots.Preprocessing.Decoding;

/// <summary>What the functions of native/ return (pixels.h).</summary>
internal enum PixelStatus
{
    /// <summary>Done.</summary>
    Ok = 0,

    /// <summary>No image that the format's library decodes; its message says why.</summary>
    Broken = 1,

    /// <summary>The file ends too early.</summary>
    PrematureEnd = 2,

    /// <summary>Codes that mean nothing.</summary>
    Damaged = 3,

    /// <summary>More scans than allowed.</summary>
    TooManyScans = 4,

    /// <summary>The machine has no more memory.</summary>
    NoMemory = 5,

    /// <summary>Pixels do not lie within their memory, or the result does not fit into it.</summary>
    NoRoom = 6,

    /// <summary>No part of the image.</summary>
    BadRegion = 7,

    /// <summary>Coefficients do not fit into the memory allowed.</summary>
    AboveLimit = 9,

    /// <summary>The start of a file decides nothing.</summary>
    RanOut = 10,
}

/// <summary>The most bytes for the coefficients of a file of several scans, and the most of those.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct DecodeLimits(long Memory, int Scans);

/// <summary>
/// Where positions lie in a crop, in units of 2^-32 pixel: the first, and the steps to the next of a row and of a column; how many a pixel
/// of the input has each way; what their weighted sum is multiplied by, in units of 2^-40.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct Sampling(
    long StartX, long AcrossX, long DownX, long StartY, long AcrossY, long DownY, int TapsAcross, int TapsDown, uint Gain, int IsGray);

/// <summary>
/// The functions of native/, raw. Every length is that of the memory itself, never one that a file or a caller claims; sizes and
/// strides are held against it on the other side, too.
/// </summary>
internal static unsafe partial class PixelLibrary
{
    /// <summary>Room for a message.</summary>
    public const int MessageBytes = 200;

    private const string Name = "eyeslots_pixels";

    [LibraryImport(Name, EntryPoint = "eyeslots_decoder_new")]
    public static partial nint NewDecoder();

    [LibraryImport(Name, EntryPoint = "eyeslots_decoder_free")]
    public static partial void FreeDecoder(nint decoder);

    [LibraryImport(Name, EntryPoint = "eyeslots_decoder_region")]
    public static partial PixelStatus DecodeRegion(
        RegionDecoder decoder, byte* file, nuint length, nuint whole, int* area, double* needed, DecodeLimits* limits,
        byte* pixels, nuint pixelsLength, nuint* used, byte* message, nuint messageLength);

    [LibraryImport(Name, EntryPoint = "eyeslots_jpeg_encode")]
    public static partial PixelStatus EncodeJpeg(
        byte* pixels, nuint length, int width, int height, long stride, int quality, byte* target, nuint targetLength, nuint* written);

    [LibraryImport(Name, EntryPoint = "eyeslots_warp")]
    public static partial PixelStatus Warp(
        byte* source, nuint length, int sourceWidth, int sourceHeight, long stride, double* map, byte* crop, nuint cropLength, int width, int height);

    [LibraryImport(Name, EntryPoint = "eyeslots_sample")]
    public static partial PixelStatus Sample(
        byte* crop, nuint length, int cropWidth, int cropHeight, Sampling* sampling, byte* input, nuint inputLength, int width, int height);

    [LibraryImport(Name, EntryPoint = "eyeslots_png_region")]
    public static partial PixelStatus DecodePng(
        byte* file, nuint length, int imageWidth, int imageHeight, int x, int y, int width, int height, byte* pixels, nuint pixelsLength,
        byte* message, nuint messageLength);

    [LibraryImport(Name, EntryPoint = "eyeslots_tiff_region")]
    public static partial PixelStatus DecodeTiff(
        byte* file, nuint length, int imageWidth, int imageHeight, int blockWidth, int blockHeight, int x, int y, int width, int height,
        byte* pixels, nuint pixelsLength, long memory, byte* message, nuint messageLength);
}
