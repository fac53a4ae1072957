using EyeSlots.Preprocessing.Drawing;

namespace EyeSlots.Training.Augmentation;

/// <summary>Inputs as people see them.</summary>
internal static class AugmentedPicture
{
    /// <summary>The byte next to 0 after normalisation.</summary>
    private const byte MidGray = 128;

    /// <summary>Makes a picture of what a network sees of a crop, cut out where it sees nothing.</summary>
    /// <param name="bgr">The crop.</param>
    /// <param name="width">Its pixels.</param>
    /// <param name="height">Its pixels.</param>
    /// <param name="drawn">What was drawn for it.</param>
    /// <param name="input">What the network takes.</param>
    /// <param name="caption">Words below it.</param>
    public static SheetPicture Of(ReadOnlySpan<byte> bgr, int width, int height, in Augmented drawn, InputShape input, string caption)
    {
        var pixels = new byte[input.Bytes];
        CropSampler.Sample(bgr, width, height, drawn, input, pixels);
        var box = drawn.Cutout;
        for (var row = box.Y0; row < box.Y1; row++)
        {
            pixels.AsSpan(((row * input.Width) + box.X0) * input.Channels, (box.X1 - box.X0) * input.Channels).Fill(MidGray);
        }

        return new(pixels, input.Size, caption);
    }
}
