using EyeSlots.Training.Augmentation;

namespace EyeSlots.Training.Metrics;

/// <summary>The random numbers of one resample: the same with every version of the runtime, unlike those of <see cref="Random"/>.</summary>
/// <param name="resample">Its number: each has a sequence of its own.</param>
internal struct ImageDraws(int resample)
{
    private SplitMix64 generator = new(SplitMix64.Mix((ulong)resample + SplitMix64.Golden));

    /// <summary>A whole number from 0 to <paramref name="count"/> − 1, each as likely but for one in 2^32.</summary>
    public int Next(int count) => generator.Below(count);
}
