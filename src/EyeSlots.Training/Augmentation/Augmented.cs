using EyeSlots.Core.Geometry;

namespace EyeSlots.Training.Augmentation;

/// <summary>How one crop becomes one input.</summary>
/// <param name="InputToCrop">
/// Where the centre of a pixel of the input lies in the crop. Whole numbers are pixel centres, so the unaltered map leads the outer corners
/// (-0.5, -0.5) and (width - 0.5, height - 0.5) of the input to those of the crop.
/// </param>
/// <param name="Brightness">Factor; what exceeds 255 becomes 255.</param>
/// <param name="Cutout">What is set to 0 after normalisation, since 0 there is no byte; empty where nothing is.</param>
public readonly record struct Augmented(Affine InputToCrop, double Brightness, CutoutBox Cutout);
