namespace EyeSlots.Training.Augmentation;

/// <summary>Mirrors left and right. Labels stay: a mirrored eye shows the same, and gaze is no label.</summary>
/// <param name="probability">0 to 1.</param>
internal sealed class HorizontalFlip(double probability) : IAugmentation
{
    public ulong Stream => 1;

    public double Amount => probability;

    public Alteration Alter(in Alteration before, RandomStream random) =>
        random.Uniform() < probability ? before.Moved(new(-1, 0, 0, 0, 1, 0)) : before;
}
