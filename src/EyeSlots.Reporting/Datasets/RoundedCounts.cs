using EyeSlots.Core.Manifests;

namespace EyeSlots.Reporting.Datasets;

/// <summary>
/// How many faces have each value of a quantity, rounded to its digits: as much memory for ten faces as for ten million, and quantiles
/// that are exact to the last digit shown, since rounding keeps the order.
/// </summary>
/// <param name="quantity">What is counted.</param>
internal sealed class RoundedCounts(FaceQuantity quantity)
{
    private readonly int first = quantity.UnitsOf(quantity.Least);
    private readonly long[] counts = new long[quantity.UnitsOf(quantity.Most) - quantity.UnitsOf(quantity.Least) + 1];
    private double sum;

    /// <summary>What is counted.</summary>
    public FaceQuantity Quantity => quantity;

    /// <summary>Values counted.</summary>
    public long Total { get; private set; }

    /// <summary>The mean of the values as they came, not rounded; its last bits are those of their order. Not a number of none.</summary>
    public double Mean => sum / Total;

    /// <summary>Counts a value that the quantity holds.</summary>
    public void Add(double value)
    {
        counts[quantity.UnitsOf(value) - first]++;
        sum += value;
        Total++;
    }

    /// <summary>Values that round to this one.</summary>
    public long At(double value) => counts[quantity.UnitsOf(value) - first];

    /// <summary>The value of this place among all in order, as <see cref="Distribution"/> takes it.</summary>
    /// <param name="share">0 for the least, 1 for the greatest.</param>
    public double Quantile(double share) => quantity.ValueOf(UnitsAt(share));

    /// <summary>Whether no two values differ in the digits shown, so that there is nothing to draw.</summary>
    public bool IsConstant => Total == 0 || UnitsAt(0) == UnitsAt(1);

    /// <summary>Bars over all values but the quantity's tails, which are counted beside them.</summary>
    /// <param name="mostBars">Bars at most.</param>
    public Bars ToBars(int mostBars)
    {
        if (Total == 0) return new(quantity, 0, 1, [], 0, 0);
        var (low, high) = (UnitsAt(quantity.Tail), UnitsAt(1 - quantity.Tail));
        var step = Steps().First(step => BarOf(high, step) - BarOf(low, step) < mostBars);
        var start = BarOf(low, step);
        var bars = new long[BarOf(high, step) - start + 1];
        var (below, above) = (0L, 0L);
        for (var i = 0; i < counts.Length; i++)
        {
            var bar = BarOf(first + i, step) - start;
            if (bar < 0) below += counts[i];
            else if (bar >= bars.Length) above += counts[i];
            else bars[bar] += counts[i];
        }

        return new(quantity, start * step, step, bars, below, above);
    }

    private int UnitsAt(double share)
    {
        var rank = (long)Math.Round(share * (Total - 1));
        var at = 0;
        for (var passed = counts[0]; passed <= rank; passed += counts[at]) at++;
        return first + at;
    }

    // 1, 2, 5, 10, 20, 50 …: steps whose edges are short numbers.
    private static IEnumerable<int> Steps()
    {
        for (var power = 1; ; power *= 10)
        {
            yield return power;
            yield return 2 * power;
            yield return 5 * power;
        }
    }

    // The greatest value that there can be has no bar of its own.
    private int BarOf(int units, int step)
    {
        if (step > 1 && units == first + counts.Length - 1) units--;
        return units >= 0 ? units / step : -((step - 1 - units) / step);
    }
}
