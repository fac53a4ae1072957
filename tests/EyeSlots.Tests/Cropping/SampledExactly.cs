using EyeSlots.Core.Geometry;
using EyeSlots.Preprocessing.Cropping;

namespace EyeSlots.Tests.Cropping;

/// <summary>What a sampled input should be, in doubles and without a thought for time.</summary>
internal static class SampledExactly
{
    /// <summary>The map of corners to corners.</summary>
    public static Affine Whole(PixelSize crop, PixelSize input)
    {
        var (x, y) = ((double)crop.Width / input.Width, (double)crop.Height / input.Height);
        return new(x, 0, (x - 1) / 2, 0, y, (y - 1) / 2);
    }

    /// <summary>Red, green and blue of each pixel, not rounded and not clipped.</summary>
    public static double[] Rgb(byte[] bgr, PixelSize crop, Affine map, PixelSize input)
    {
        var (across, down) = (PixelSampler.Taps(crop.Width, input.Width), PixelSampler.Taps(crop.Height, input.Height));
        var exact = new double[3 * input.Width * input.Height];
        for (var at = 0; at < exact.Length; at++)
        {
            var (column, row, channel) = (at / 3 % input.Width, at / 3 / input.Width, 2 - (at % 3));
            for (var tap = 0; tap < across * down; tap++)
            {
                var (x, y) = map.Map(column - 0.5 + (((tap % across) + 0.5) / across), row - 0.5 + (((tap / across) + 0.5) / down));
                exact[at] += Bilinear(bgr, crop, x, y, channel) / (across * down);
            }
        }

        return exact;
    }

    private static double Bilinear(byte[] bgr, PixelSize crop, double x, double y, int channel)
    {
        var (left, top) = (Math.Floor(x), Math.Floor(y));
        double At(double column, double row) =>
            bgr[(3 * (((int)Math.Clamp(row, 0, crop.Height - 1) * crop.Width) + (int)Math.Clamp(column, 0, crop.Width - 1))) + channel];
        var above = (At(left, top) * (left + 1 - x)) + (At(left + 1, top) * (x - left));
        var below = (At(left, top + 1) * (left + 1 - x)) + (At(left + 1, top + 1) * (x - left));
        return (above * (top + 1 - y)) + (below * (y - top));
    }
}
