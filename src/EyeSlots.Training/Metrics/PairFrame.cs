namespace EyeSlots.Training.Metrics;

/// <summary>
/// Where sums of squares are taken about, and in which unit: about the means, so that nothing cancels, and in a power of two near the
/// largest deviation, so that no square is too small or too large for a double. A power of two changes no digit.
/// </summary>
/// <param name="T">The mean true value.</param>
/// <param name="P">The mean prediction.</param>
/// <param name="ScaleT">Deviations of true values are multiplied by it.</param>
/// <param name="ScaleP">Deviations of predictions are multiplied by it.</param>
internal readonly record struct PairFrame(double T, double P, double ScaleT, double ScaleP)
{
    /// <summary>The frame of all rows.</summary>
    public static PairFrame Of(ReadOnlySpan<double> t, ReadOnlySpan<double> p)
    {
        var (meanT, meanP) = (Mean(t), Mean(p));
        return new(meanT, meanP, Scale(t, meanT), Scale(p, meanP));
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values) sum += value;
        return values.IsEmpty ? 0 : sum / values.Length;
    }

    private static double Scale(ReadOnlySpan<double> values, double mean)
    {
        var largest = 0.0;
        foreach (var value in values) largest = Math.Max(largest, Math.Abs(value - mean));
        return largest > 0 && double.IsFinite(largest) ? Math.ScaleB(1, Math.Clamp(-Math.ILogB(largest), -1000, 1000)) : 1;
    }
}
