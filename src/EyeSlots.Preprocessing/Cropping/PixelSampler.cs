using EyeSlots.Core.Geometry;
using EyeSlots.Preprocessing.Decoding;

namespace EyeSlots.Preprocessing.Cropping;

/// <summary>
/// A crop as a network's input (native/sample.c): moved, made larger or smaller and brightened in one step, with the same bytes on every
/// processor. Each way, a pixel of the input is the mean of k bilinear positions spread evenly over it, where k is the crop's side over
/// the input's, rounded, 1 to <see cref="MostTaps"/>; a crop more than four times as large is sampled with gaps. Outside the crop its edge
/// goes on. Pure, for any number of threads.
/// </summary>
public static unsafe class PixelSampler
{
    /// <summary>The most positions within a pixel, each way.</summary>
    public const int MostTaps = 4;

    /// <summary>The longest side of an input, in pixels.</summary>
    public const int LongestInputSide = 1024;

    /// <summary>The largest factor of brightness.</summary>
    public const double MostBrightness = 4;

    private const double UnitsOfPixel = 1L << 32, LongestWay = 1L << 19;

    /// <summary>Samples one crop.</summary>
    /// <param name="bgr">The crop without gaps, three bytes a pixel.</param>
    /// <param name="crop">Its size.</param>
    /// <param name="inputToCrop">Where the centre of a pixel of the input lies in the crop; whole numbers are pixel centres of both.</param>
    /// <param name="brightness">Factor, 0 to <see cref="MostBrightness"/>; what exceeds 255 becomes 255.</param>
    /// <param name="isGray">One byte a pixel, (77 R + 150 G + 29 B) / 256, instead of red, green, blue.</param>
    /// <param name="input">Size of the input, sides up to <see cref="LongestInputSide"/>.</param>
    /// <param name="output">Receives height x width x channels bytes, row by row.</param>
    /// <exception cref="ArgumentException">
    /// Pixels do not lie within their memory, a number is out of its range, or the map leads further than 524,288 pixels from the crop.
    /// </exception>
    public static void Sample(ReadOnlySpan<byte> bgr, PixelSize crop, in Affine inputToCrop, double brightness, bool isGray, PixelSize input, Span<byte> output)
    {
        if (input.Width is < 1 or > LongestInputSide || input.Height is < 1 or > LongestInputSide) throw new ArgumentException($"No input has {input} pixels.", nameof(input));
        if (!(brightness >= 0 && brightness <= MostBrightness)) throw new ArgumentException($"A brightness of {brightness} is none.", nameof(brightness));
        if (!IsNear(inputToCrop)) throw new ArgumentException("The map leads too far from the crop.", nameof(inputToCrop));
        var sampling = SamplingOf(crop, inputToCrop, brightness, isGray, input);
        fixed (byte* from = bgr, to = output)
        {
            var status = PixelLibrary.Sample(from, (nuint)bgr.Length, crop.Width, crop.Height, &sampling, to, (nuint)output.Length, input.Width, input.Height);
            if (status != PixelStatus.Ok) throw new ArgumentException($"A crop of {crop} pixels in {bgr.Length} bytes cannot be sampled into {input} in {output.Length} ({status}).", nameof(crop));
        }
    }

    /// <summary>Positions within a pixel of the input, one way.</summary>
    /// <param name="crop">The crop's side, in pixels.</param>
    /// <param name="input">The input's side, in pixels.</param>
    public static int Taps(int crop, int input) => (int)Math.Clamp(Math.Round((double)crop / input), 1, MostTaps);

    private static bool IsNear(in Affine map) =>
        Math.Abs(map.M11) <= LongestWay && Math.Abs(map.M12) <= LongestWay && Math.Abs(map.Dx) <= LongestWay &&
        Math.Abs(map.M21) <= LongestWay && Math.Abs(map.M22) <= LongestWay && Math.Abs(map.Dy) <= LongestWay;

    // The first position lies half of one's width from the pixel's edge, which lies half a pixel from its centre.
    internal static Sampling SamplingOf(PixelSize crop, in Affine map, double brightness, bool isGray, PixelSize input)
    {
        var (across, down) = (Taps(crop.Width, input.Width), Taps(crop.Height, input.Height));
        var (x, y) = map.Map((0.5 / across) - 0.5, (0.5 / down) - 0.5);
        var gain = brightness * (1 << 26) / (across * down);
        return new(Units(x), Units(map.M11 / across), Units(map.M12 / down), Units(y), Units(map.M21 / across), Units(map.M22 / down), across, down, (uint)Math.Round(gain), isGray ? 1 : 0);
    }

    private static long Units(double pixels) => (long)Math.Floor((pixels * UnitsOfPixel) + 0.5);
}
