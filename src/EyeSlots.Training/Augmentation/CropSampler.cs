using EyeSlots.Core.Geometry;
using EyeSlots.Preprocessing.Cropping;

namespace EyeSlots.Training.Augmentation;

/// <summary>Makes a network's input of a crop: one filter for training and evaluation (<see cref="PixelSampler"/>).</summary>
public static class CropSampler
{
    /// <summary>Fills one face of a batch.</summary>
    /// <param name="bgrCrop">The crop as <see cref="SlotDecoder"/> gives it.</param>
    /// <param name="width">Pixels of the crop.</param>
    /// <param name="height">Pixels of the crop.</param>
    /// <param name="drawn">What <see cref="Augmenter"/> drew for it. A cutout is no business of bytes: whoever normalises sets it to 0.</param>
    /// <param name="input">What the network takes.</param>
    /// <param name="output">Receives <see cref="InputShape.Bytes"/> bytes.</param>
    /// <exception cref="ArgumentException">The crop or the input does not lie within its memory.</exception>
    public static void Sample(ReadOnlySpan<byte> bgrCrop, int width, int height, in Augmented drawn, InputShape input, Span<byte> output) =>
        PixelSampler.Sample(bgrCrop, new PixelSize(width, height), drawn.InputToCrop, drawn.Brightness, input.Gray, input.Size, output);
}
