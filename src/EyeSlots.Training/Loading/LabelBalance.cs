namespace EyeSlots.Training.Loading;

/// <summary>
/// What each face counts: the inverse of the share that its cell of a 10 × 10 grid over valence and arousal has, times one factor, within
/// 0.2 to 5. The factor is the one that makes the mean over all faces 1.
/// </summary>
internal sealed class LabelBalance
{
    private const int Cells = 10;
    private const double Least = 0.2, Most = 5;
    private readonly float[] weights = new float[Cells * Cells];

    /// <summary>Weighs the faces of a table.</summary>
    public LabelBalance(FaceTable table)
    {
        var counts = new long[Cells * Cells];
        foreach (var labels in table.Labels) counts[CellOf(labels)]++;
        var factor = Factor(counts, table.Count);
        for (var cell = 0; cell < counts.Length; cell++) weights[cell] = (float)Weight(counts[cell], factor);
    }

    /// <summary>What a face with these labels counts.</summary>
    public float Of(in FaceLabels labels) => weights[CellOf(labels)];

    private static int CellOf(in FaceLabels labels) => (Row(labels.Valence) * Cells) + Row(labels.Arousal);

    private static int Row(float label) => Math.Clamp((int)((label + 1) * (Cells / 2)), 0, Cells - 1);

    private static double Weight(long count, double factor) => Math.Clamp(count == 0 ? Most : factor / count, Least, Most);

    // The mean grows with the factor, from the least weight to the most, so halving finds where it is 1.
    private static double Factor(long[] counts, long faces)
    {
        double low = 0, high = Most * Math.Max(1, faces);
        for (var step = 0; step < 100; step++)
        {
            var middle = (low + high) / 2;
            var sum = 0.0;
            foreach (var count in counts) sum += count * Weight(count, middle);
            if (sum < faces) low = middle;
            else high = middle;
        }

        return high;
    }
}
