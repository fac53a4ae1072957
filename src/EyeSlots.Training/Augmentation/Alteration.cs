using EyeSlots.Core.Geometry;

namespace EyeSlots.Training.Augmentation;

/// <summary>What is done to a crop, one augmentation after the other.</summary>
/// <param name="Crop">Size of the crop.</param>
/// <param name="Input">What it is to become.</param>
internal readonly record struct Alteration(PixelSize Crop, InputShape Input)
{
    /// <summary>From the altered crop back to the crop as it is, both in its own pixels about its centre: so a rotation stays one.</summary>
    public Affine Back { get; init; } = Affine.Identity;

    /// <summary>Factor.</summary>
    public double Brightness { get; init; } = 1;

    /// <summary>In the input.</summary>
    public CutoutBox Cutout { get; init; }

    /// <summary>Moves what is seen so far by the inverse of a map about the crop's centre.</summary>
    /// <param name="back">From where a point is moved to, to where it was.</param>
    public Alteration Moved(in Affine back) => this with { Back = Back.After(back) };

    /// <summary>The same from the input, whose outer corners are those of the crop.</summary>
    public Augmented ToAugmented()
    {
        var (scaleX, scaleY) = ((double)Crop.Width / Input.Width, (double)Crop.Height / Input.Height);
        var fromInput = new Affine(scaleX, 0, -scaleX * Centre(Input.Width), 0, scaleY, -scaleY * Centre(Input.Height));
        var toCorner = Affine.Identity with { Dx = Centre(Crop.Width), Dy = Centre(Crop.Height) };
        return new(toCorner.After(Back.After(fromInput)), Brightness, Cutout);
    }

    private static double Centre(int side) => (side - 1) / 2.0;
}
