namespace EyeSlots.Training.Augmentation;

/// <summary>Multiplies every pixel; what exceeds 255 becomes 255.</summary>
/// <param name="most">The factor is 1 ± this.</param>
internal sealed class Brightness(double most) : IAugmentation
{
    public ulong Stream => 6;

    public double Amount => most;

    public Alteration Alter(in Alteration before, RandomStream random) => before with { Brightness = before.Brightness * (1 + random.Within(most)) };
}
