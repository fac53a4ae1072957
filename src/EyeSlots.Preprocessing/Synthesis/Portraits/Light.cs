using EyeSlots.Core.Geometry;
using OpenCvSharp;

namespace EyeSlots.Preprocessing.Synthesis.Portraits;

/// <summary>How a photograph was lit and focused.</summary>
/// <param name="Towards">Where the light comes from.</param>
/// <param name="Gradient">Brightness gained from one side of the image to the other, as a share.</param>
/// <param name="Exposure">Brightness in the middle, 1 is usual.</param>
/// <param name="Blur">Standard deviation of the blur, as a share of the image's side.</param>
internal sealed record Light(Direction Towards, double Gradient, double Exposure, double Blur)
{
    private const int One = 1 << 16;

    public static Light Draw(Traits traits) => new(Draws.Direction(traits.Random), traits.Towards(0, 0.7), traits.Around(1, 0.1), traits.Towards(0, 0.0018));

    /// <summary>Lights and blurs an image in place, in whole numbers: floats are rounded otherwise on other processors.</summary>
    public void Apply(Mat image)
    {
        Shade(image);
        var sigma = Blur * image.Width;
        if (sigma > 0.2) Cv2.GaussianBlur(image, image, new Size(0, 0), sigma);
    }

    private void Shade(Mat image)
    {
        var (width, height) = (image.Width, image.Height);
        var (perColumn, perRow) = ((int)(One * Gradient * Towards.X / width), (int)(One * Gradient * Towards.Y / height));
        var pixels = image.AsSpan<byte>();
        var at = 0;
        for (var y = 0; y < height; y++)
        {
            var factor = (int)(One * Exposure) + (perRow * (y - (height / 2))) - (perColumn * (width / 2));
            for (var x = 0; x < width; x++, factor += perColumn)
            {
                for (var channel = 0; channel < 3; channel++, at++) pixels[at] = (byte)Math.Clamp(((pixels[at] * factor) + (One / 2)) >> 16, 0, 255);
            }
        }
    }
}
