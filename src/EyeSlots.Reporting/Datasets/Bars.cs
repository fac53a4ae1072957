namespace EyeSlots.Reporting.Datasets;

/// <summary>The bars of a histogram, over rounded values.</summary>
/// <param name="Quantity">What is counted.</param>
/// <param name="Start">The first bar's least value, in units of the quantity's last digit.</param>
/// <param name="Step">Units of a bar.</param>
/// <param name="Counts">Faces of each bar.</param>
/// <param name="Below">Faces below the first bar.</param>
/// <param name="Above">Faces above the last one.</param>
internal sealed record Bars(FaceQuantity Quantity, int Start, int Step, IReadOnlyList<long> Counts, long Below, long Above)
{
    /// <summary>The least value of a bar; of the one behind the last, where the last ends.</summary>
    public double LowOf(int bar) => Quantity.ValueOf(Start + (bar * Step));

    /// <summary>The greatest value of a bar.</summary>
    public double HighOf(int bar) => Quantity.ValueOf(Start + ((bar + 1) * Step) - 1);
}
