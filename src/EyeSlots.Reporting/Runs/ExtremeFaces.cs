namespace EyeSlots.Reporting.Runs;

/// <summary>The few faces that are predicted best, or worst, of many that pass by; equal ones in the order of their keys.</summary>
/// <param name="most">How many are kept.</param>
/// <param name="worst">Whether the farthest are kept instead of the nearest.</param>
internal sealed class ExtremeFaces(int most, bool worst)
{
    private readonly SortedSet<PredictedFace> kept = new(Comparer<PredictedFace>.Create((one, other) =>
        (worst ? other.Distance.CompareTo(one.Distance) : one.Distance.CompareTo(other.Distance)) is not 0 and var order
            ? order
            : string.CompareOrdinal(one.Key.ToString(), other.Key.ToString())));

    /// <summary>Those kept, the most extreme first.</summary>
    public IReadOnlyList<PredictedFace> Faces => [.. kept];

    /// <summary>Looks at a face.</summary>
    public void Add(in PredictedFace face)
    {
        kept.Add(face);
        if (kept.Count > most) kept.Remove(kept.Max);
    }
}
