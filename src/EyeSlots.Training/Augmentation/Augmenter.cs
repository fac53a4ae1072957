using EyeSlots.Core.Geometry;

namespace EyeSlots.Training.Augmentation;

/// <summary>
/// Draws how faces are altered. What is drawn is a pure function of the seed given for a face, by arithmetic that every processor does alike;
/// for any number of threads.
/// </summary>
/// <param name="options">How much of each.</param>
/// <param name="input">What crops become.</param>
public sealed class Augmenter(AugmentationOptions options, InputShape input)
{
    private readonly IAugmentation[] augmentations = Array.FindAll(InOrder(options), augmentation => augmentation.Amount > 0);

    /// <summary>Draws for one face.</summary>
    /// <param name="seed">A hash of the run's seed, the epoch and the face's key.</param>
    /// <param name="cropWidth">Pixels of the crop.</param>
    /// <param name="cropHeight">Pixels of the crop.</param>
    public Augmented Draw(ulong seed, int cropWidth, int cropHeight)
    {
        var alteration = new Alteration(new PixelSize(cropWidth, cropHeight), input);
        foreach (var augmentation in augmentations) alteration = augmentation.Alter(alteration, new RandomStream(seed, augmentation.Stream));
        return alteration.ToAugmented();
    }

    // As they are done to a crop. A new one is added here.
    private static IAugmentation[] InOrder(AugmentationOptions options) =>
    [
        new HorizontalFlip(options.HorizontalFlip),
        new Shear(options.Shear),
        new Rotation(options.Rotation),
        new WidthShift(options.WidthShift),
        new HeightShift(options.HeightShift),
        new Brightness(options.Brightness),
        new Cutout(options.Cutout),
    ];
}
