using EyeSlots.Core;
using EyeSlots.Core.Manifests;
using EyeSlots.Reporting.Datasets;

namespace EyeSlots.Tests.Reporting.Datasets;

/// <summary>Counts of rounded values beside the values themselves, sorted.</summary>
public sealed class RoundedCountsTests
{
    private const int MostBars = 40;

    public static TheoryData<string> Quantities => ["theta", "width", "coverage", "valence"];

    [Theory]
    [MemberData(nameof(Quantities))]
    public void Quantiles_AreThoseOfAllValuesToTheDigitsShown(string name)
    {
        var quantity = QuantityOf(name);
        foreach (var count in new[] { 1, 2, 19, 1000, 4999 })
        {
            var (values, counts) = Draw(quantity, count, seed: count);
            var exact = Distribution.Of(values)!;
            Assert.Equal(count, counts.Total);
            foreach (var (share, value) in new[] { (0, exact.Least), (0.05, exact.P5), (0.5, exact.Median), (0.95, exact.P95), (1, exact.Most) })
            {
                Assert.Equal(Quantity.Fixed(value, quantity.Decimals), Quantity.Fixed(counts.Quantile(share), quantity.Decimals));
            }

            Assert.Equal(values.Average(), counts.Mean, 1e-9 * (1 + Math.Abs(quantity.Most)));
        }
    }

    [Theory]
    [MemberData(nameof(Quantities))]
    public void Bars_HoldEveryValueOnceBetweenTheirEdges(string name)
    {
        var quantity = QuantityOf(name);
        var (values, counts) = Draw(quantity, 3000, seed: 5);
        var bars = counts.ToBars(MostBars);
        Assert.InRange(bars.Counts.Count, 2, MostBars);
        Assert.Equal(values.Length, bars.Below + bars.Above + bars.Counts.Sum());
        Assert.InRange((bars.Below + bars.Above) / (double)values.Length, 0, 2 * quantity.Tail);
        double[] rounded = [.. values.Select(value => Math.Round(value, quantity.Decimals))];
        for (var bar = 0; bar < bars.Counts.Count; bar++)
        {
            var (low, high) = (bars.LowOf(bar), bars.LowOf(bar + 1));
            var expected = rounded.Count(value => (value >= low - 1e-9 && value < high - 1e-9) || (value == quantity.Most && Math.Abs(high - quantity.Most) < 1e-9 && bars.Step > 1));
            Assert.Equal(expected, bars.Counts[bar]);
        }
    }

    [Fact]
    public void FewFarAway_DoNotSqueezeTheOthers()
    {
        var counts = new RoundedCounts(FaceQuantity.Width);
        for (var i = 0; i < 1000; i++) counts.Add(100 + (i % 20));
        counts.Add(60_000);
        var bars = counts.ToBars(MostBars);
        Assert.Equal((1, 1), (bars.Step, (int)bars.Above));
        Assert.Equal(20, bars.Counts.Count(count => count > 0));
        Assert.Equal(60_000, counts.Quantile(1));
    }

    [Fact]
    public void Ends_OfTheRange_AreCounted()
    {
        foreach (var quantity in new[] { FaceQuantity.Theta, FaceQuantity.Width, FaceQuantity.Coverage, FaceQuantity.Arousal })
        {
            var counts = new RoundedCounts(quantity);
            counts.Add(quantity.Least);
            counts.Add(quantity.Most);
            Assert.Equal((quantity.Least, quantity.Most), (counts.Quantile(0), counts.Quantile(1)));
            Assert.Equal(2, counts.ToBars(MostBars).Counts.Sum());
        }
    }

    [Fact]
    public void Constant_IsWhatDoesNotDifferInTheDigitsShown()
    {
        var counts = new RoundedCounts(FaceQuantity.Coverage);
        Assert.True(counts.IsConstant);
        counts.Add(1);
        counts.Add(0.9996);
        Assert.True(counts.IsConstant);
        Assert.Equal(2, counts.At(1));
        counts.Add(0.9994);
        Assert.False(counts.IsConstant);
    }

    private static FaceQuantity QuantityOf(string name) => name switch
    {
        "theta" => FaceQuantity.Theta, "width" => FaceQuantity.Width, "coverage" => FaceQuantity.Coverage, _ => FaceQuantity.Valence,
    };

    // Bell-shaped about a third of the range, cut off at its ends, on whole numbers where the quantity is one.
    private static (double[] Values, RoundedCounts Counts) Draw(FaceQuantity quantity, int count, int seed)
    {
        var random = new Random(seed);
        var range = Math.Min(quantity.Most - quantity.Least, 1000);
        double One() => Math.Clamp(quantity.Least + (range * (0.35 + (0.3 * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5)))), quantity.Least, quantity.Most);
        double[] values = [.. Enumerable.Range(0, count).Select(_ => quantity.Decimals == 0 ? Math.Round(One()) : One())];
        var counts = new RoundedCounts(quantity);
        foreach (var value in values) counts.Add(value);
        return (values, counts);
    }
}
