namespace EyeSlots.Training.Metrics;

/// <summary>The random numbers of one resample (SplitMix64): the same with every version of the runtime, unlike those of <see cref="Random"/>.</summary>
/// <param name="resample">Its number: each has a sequence of its own.</param>
internal struct ImageDraws(int resample)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private ulong state = Mix((ulong)resample + Golden);

    /// <summary>A whole number from 0 to <paramref name="count"/> − 1, each as likely but for one in 2^32.</summary>
    public int Next(int count)
    {
        state += Golden;
        return (int)Math.BigMul(Mix(state), (ulong)count, out _);
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
