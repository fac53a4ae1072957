namespace EyeSlots.Training.Augmentation;

/// <summary>
/// Random numbers of one augmentation for one face (SplitMix64). Every augmentation has a stream of its own, so switching one off, adding
/// one, or drawing more numbers for one changes no other's.
/// </summary>
/// <param name="seed">Of the face in its epoch.</param>
/// <param name="number">Of the augmentation.</param>
internal struct RandomStream(ulong seed, ulong number)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private ulong state = Mix(seed ^ Mix(number * Golden));

    /// <summary>From 0 to 1, 1 excluded, each multiple of 2^-53 as likely.</summary>
    public double Uniform() => (Next() >> 11) * (1.0 / (1L << 53));

    /// <summary>Within ± the given number.</summary>
    public double Within(double most) => ((2 * Uniform()) - 1) * most;

    /// <summary>A whole number from 0 on, the end excluded.</summary>
    public int Below(int end) => (int)(Uniform() * end);

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    private ulong Next() => Mix(state += Golden);
}
