namespace EyeSlots.Core.Manifests;

/// <summary>How a quantity is spread over rows.</summary>
/// <param name="Rows">Rows that have it.</param>
/// <param name="Least">The least value.</param>
/// <param name="P5">The value that 5 % lie below.</param>
/// <param name="Median">The middle value.</param>
/// <param name="P95">The value that 95 % lie below.</param>
/// <param name="Most">The greatest value.</param>
public sealed record Distribution(int Rows, double Least, double P5, double Median, double P95, double Most)
{
    /// <summary>Sorts the values; null when there are none.</summary>
    public static Distribution? Of(IEnumerable<double> values)
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        double At(double share) => sorted[(int)Math.Round(share * (sorted.Length - 1))];
        return sorted.Length == 0 ? null : new(sorted.Length, sorted[0], At(0.05), At(0.5), At(0.95), sorted[^1]);
    }
}
