namespace EyeSlots.Training.Augmentation;

/// <summary>
/// Random numbers of one augmentation for one face (SplitMix64). Every augmentation has a stream of its own, so switching one off, adding
/// one, or drawing more numbers for one changes no other's.
/// </summary>
/// <param name="seed">Of the face in its epoch.</param>
/// <param name="number">Of the augmentation.</param>
internal struct RandomStream(ulong seed, ulong number)
{
    private SplitMix64 generator = new(SplitMix64.Mix(seed ^ SplitMix64.Mix(number * SplitMix64.Golden)));

    /// <summary>From 0 to 1, 1 excluded, each multiple of 2^-53 as likely.</summary>
    public double Uniform() => (generator.Next() >> 11) * (1.0 / (1L << 53));

    /// <summary>Within ± the given number.</summary>
    public double Within(double most) => ((2 * Uniform()) - 1) * most;

    /// <summary>A whole number from 0 on, the end excluded.</summary>
    public int Below(int end) => (int)(Uniform() * end);
}
