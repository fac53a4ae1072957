using EyeSlots.Core.Annotations;
using EyeSlots.Core.Geometry;
using EyeSlots.Preprocessing.Decoding;

namespace EyeSlots.Tests.Decoding;

/// <summary>Decodes by the library's Huffman decoder, then by ours: a thread has no tables of ours before its second file with them.</summary>
internal static class BothDecoders
{
    /// <summary>Decodes twice on a new thread.</summary>
    public static ((string? Why, byte[] Pixels) First, (string? Why, byte[] Pixels) Second) Decode(byte[] file, PixelRegion region) =>
        OnANewThread(() => (DecodeHere(file, region), DecodeHere(file, region)));

    /// <summary>Decodes once, on this thread.</summary>
    public static (string? Why, byte[] Pixels) DecodeHere(byte[] file, PixelRegion region)
    {
        var pixels = new byte[3 * region.Width * region.Height];
        Rejection? why = RegionDecoder.Decode(file, region, pixels, Decoded.Memory);
        return (why?.ToString(), pixels);
    }

    private static T OnANewThread<T>(Func<T> work)
    {
        T result = default!;
        var thread = new Thread(() => result = work());
        thread.Start();
        thread.Join();
        return result;
    }
}
