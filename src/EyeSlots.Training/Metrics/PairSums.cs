namespace EyeSlots.Training.Metrics;

/// <summary>
/// Sums over pairs of a true value and a prediction, from which every metric follows; those of all rows, or of one image. Sums of images
/// add up to those of a resample. Starts as the sums of nothing.
/// </summary>
internal struct PairSums
{
    private double squaredError;
    private double t, p, tt, pp, tp;
    private double leastT, mostT, leastP, mostP;
    private int agreeing, agreeingNonzero;

    /// <summary>Number of pairs.</summary>
    public int Count { get; private set; }

    /// <summary>Number of true values that are 0.</summary>
    public int Zeros { get; private set; }

    /// <summary>Adds a pair.</summary>
    public void Add(double trueValue, double prediction, in PairFrame frame)
    {
        var (dt, dp) = ((trueValue - frame.T) * frame.ScaleT, (prediction - frame.P) * frame.ScaleP);
        var error = prediction - trueValue;
        squaredError += error * error;
        (t, p, tt, pp, tp) = (t + dt, p + dp, tt + (dt * dt), pp + (dp * dp), tp + (dt * dp));
        Widen(trueValue, trueValue, prediction, prediction);
        var (agrees, isZero) = ((trueValue > 0) == (prediction > 0) && (trueValue < 0) == (prediction < 0), trueValue == 0);
        if (agrees) agreeing++;
        if (agrees && !isZero) agreeingNonzero++;
        if (isZero) Zeros++;
        Count++;
    }

    /// <summary>Adds the pairs of other sums in the same frame.</summary>
    public void Add(in PairSums other)
    {
        if (other.Count == 0) return;
        squaredError += other.squaredError;
        (t, p, tt, pp, tp) = (t + other.t, p + other.p, tt + other.tt, pp + other.pp, tp + other.tp);
        Widen(other.leastT, other.mostT, other.leastP, other.mostP);
        (agreeing, agreeingNonzero, Zeros) = (agreeing + other.agreeing, agreeingNonzero + other.agreeingNonzero, Zeros + other.Zeros);
        Count += other.Count;
    }

    /// <summary>The metrics of what was added.</summary>
    public readonly OutputMetrics ToMetrics(in PairFrame frame)
    {
        if (Count == 0 || !double.IsFinite(t + p)) return new(null, null, null, null, null, Zeros);
        var (constantT, constantP) = (leastT == mostT, leastP == mostP);
        var nonzero = Count - Zeros;
        return new(
            Math.Sqrt(squaredError / Count), constantT || constantP ? null : Corr(), constantT && constantP ? null : constantT || constantP ? 0 : Ccc(frame),
            (double)agreeing / Count, nonzero == 0 ? null : (double)agreeingNonzero / nonzero, Zeros);
    }

    // The sums of squares about the mean of what was added, which the frame's is but for rounding, or but for the resample.
    private readonly double SquaresT => Math.Max(0, tt - (t * t / Count));

    private readonly double SquaresP => Math.Max(0, pp - (p * p / Count));

    private readonly double Products => tp - (t * p / Count);

    private readonly double? Corr() => Defined(Math.Clamp(Products / (Math.Sqrt(SquaresT) * Math.Sqrt(SquaresP)), -1, 1));

    private readonly double? Ccc(in PairFrame frame)
    {
        var ratio = frame.ScaleP / frame.ScaleT;
        var apart = frame.T - frame.P + (t / Count / frame.ScaleT) - (p / Count / frame.ScaleP);
        var spread = (SquaresT * ratio) + (SquaresP / ratio) + (Count * (apart * frame.ScaleT) * (apart * frame.ScaleP));
        return Defined(Math.Clamp(2 * Products / spread, -1, 1));
    }

    // Of a resample whose rows are nearer to each other than the sums can tell, nothing is known.
    private static double? Defined(double value) => double.IsNaN(value) ? null : value;

    private void Widen(double lowT, double highT, double lowP, double highP)
    {
        (leastT, mostT) = Count == 0 ? (lowT, highT) : (Math.Min(leastT, lowT), Math.Max(mostT, highT));
        (leastP, mostP) = Count == 0 ? (lowP, highP) : (Math.Min(leastP, lowP), Math.Max(mostP, highP));
    }
}
