using EyeSlots.Core.Geometry;

namespace EyeSlots.Training.Augmentation;

/// <summary>Leans columns by an angle; rows stay level, and the crop's centre where it is.</summary>
/// <param name="degrees">The most, to either side.</param>
internal sealed class Shear(double degrees) : IAugmentation
{
    public ulong Stream => 2;

    public double Amount => degrees;

    public Alteration Alter(in Alteration before, RandomStream random)
    {
        var (cosine, sine) = Direction.OfDegrees(random.Within(degrees));
        return before.Moved(new(1, -sine / cosine, 0, 0, 1, 0));
    }
}
