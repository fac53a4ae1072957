namespace EyeSlots.Training.Augmentation;

/// <summary>
/// Steele, Lea and Flood's generator: ten lines that give the same numbers in every release of every library, which no generator of a
/// framework promises for ever. Augmentations, the order of faces and resamples are drawn with it.
/// </summary>
/// <param name="state">The seed.</param>
internal struct SplitMix64(ulong state)
{
    /// <summary>The step from state to state: the golden ratio's odd digits.</summary>
    public const ulong Golden = 0x9E3779B97F4A7C15;

    private ulong state = state;

    /// <summary>The next 64 bits.</summary>
    public ulong Next() => Mix(state += Golden);

    /// <summary>A number from 0 to <paramref name="count"/> - 1; for counts of faces the bias lies below 2^-32.</summary>
    public int Below(int count) => (int)Math.BigMul(Next(), (ulong)count, out _);

    /// <summary>Puts items into an order in which each is as likely (Fisher and Yates).</summary>
    public void Shuffle(Span<int> items)
    {
        for (var left = items.Length; left > 1; left--)
        {
            var other = Below(left);
            (items[left - 1], items[other]) = (items[other], items[left - 1]);
        }
    }

    /// <summary>Two numbers made one, such that a change of a bit in either changes every bit as likely as not.</summary>
    public static ulong Hash(ulong a, ulong b) => Mix(Mix(a + Golden) ^ (b + Golden));

    /// <summary>Spreads a number over all 64 bits; one to one.</summary>
    public static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
