using EyeSlots.Core.Geometry;

namespace EyeSlots.Training.Augmentation;

/// <summary>Moves the crop to the left or right.</summary>
/// <param name="share">The most, as a share of the crop's width, to either side.</param>
internal sealed class WidthShift(double share) : IAugmentation
{
    public ulong Stream => 4;

    public double Amount => share;

    public Alteration Alter(in Alteration before, RandomStream random) =>
        before.Moved(Affine.Identity with { Dx = -before.Crop.Width * random.Within(share) });
}
