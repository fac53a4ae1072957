namespace EyeSlots.Training.Metrics;

/// <summary>Metrics of predictions. Sums run in the order of the rows, by + − × ÷ √ alone, so they are the same on every machine.</summary>
public static class RegressionMetrics
{
    /// <summary>The metrics of one output, by two passes: the means, then what deviates from them.</summary>
    /// <param name="t">True values.</param>
    /// <param name="p">Predictions, one for each.</param>
    /// <exception cref="ArgumentException">There are more of the ones than of the others.</exception>
    public static OutputMetrics Of(ReadOnlySpan<double> t, ReadOnlySpan<double> p)
    {
        if (t.Length != p.Length) throw new ArgumentException($"{t.Length} true values and {p.Length} predictions.");
        var sums = new PairSums();
        var frame = PairFrame.Of(t, p);
        for (var i = 0; i < t.Length; i++) sums.Add(t[i], p[i], frame);
        return sums.ToMetrics(frame);
    }

    /// <summary>The mean CCC of both outputs, by which the best epoch is chosen; null where one has none.</summary>
    public static double? MeanCcc(in OutputMetrics valence, in OutputMetrics arousal) => (valence.Ccc + arousal.Ccc) / 2;
}
