using EyeSlots.Core.Geometry;

namespace EyeSlots.Training.Augmentation;

/// <summary>Turns the crop about its centre.</summary>
/// <param name="degrees">The most, to either side.</param>
internal sealed class Rotation(double degrees) : IAugmentation
{
    public ulong Stream => 3;

    public double Amount => degrees;

    public Alteration Alter(in Alteration before, RandomStream random)
    {
        var (cosine, sine) = Direction.OfDegrees(random.Within(degrees));
        return before.Moved(new(cosine, sine, 0, -sine, cosine, 0));
    }
}
