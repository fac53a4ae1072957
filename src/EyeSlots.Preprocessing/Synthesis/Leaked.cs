namespace EyeSlots.Preprocessing.Synthesis;

/// <summary>Puts into a second list what belongs into one: the fault of lists that make a model look better than it is.</summary>
internal static class Leaked
{
    /// <summary>The photograph as it stands in a second list, or null for most. Those with a defect stand in one.</summary>
    public static SynthImage? Again(SynthOptions options, SynthImage image)
    {
        if (options.Leaks == 0 || image.Defect != Defect.None) return null;
        var random = new Random(unchecked((options.Seed * 1_000_003) + (image.Index * 32_452_843) + 1));
        return random.NextDouble() < options.Leaks ? image with { IsCopy = random.Next(2) == 0, Set = From(image.Set, random) } : null;
    }

    /// <summary>Another list: of both, one is always the training list.</summary>
    public static SynthSet From(SynthSet set, Random random) =>
        set != SynthSet.Training ? SynthSet.Training : random.Next(2) == 0 ? SynthSet.Validation : SynthSet.Test;
}
