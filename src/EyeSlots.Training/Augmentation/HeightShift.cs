using EyeSlots.Core.Geometry;

namespace EyeSlots.Training.Augmentation;

/// <summary>Moves the crop up or down.</summary>
/// <param name="share">The most, as a share of the crop's height, either way.</param>
internal sealed class HeightShift(double share) : IAugmentation
{
    public ulong Stream => 5;

    public double Amount => share;

    public Alteration Alter(in Alteration before, RandomStream random) =>
        before.Moved(Affine.Identity with { Dy = -before.Crop.Height * random.Within(share) });
}
