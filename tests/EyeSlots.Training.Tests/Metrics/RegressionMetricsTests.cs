using System.Text.Json;
using EyeSlots.Training.Metrics;
using EyeSlots.Training.Tests.Tools;

namespace EyeSlots.Training.Tests.Metrics;

/// <summary>The metrics against NumPy's, and each case in which one is undefined.</summary>
public sealed class RegressionMetricsTests
{
    private const int Vectors = 1000;

    [Fact]
    public async Task Of_RandomVectors_IsNumPys()
    {
        var pairs = Enumerable.Range(0, Vectors).Select(Draw).ToList();
        var lines = string.Join('\n', pairs.Select(pair => JsonSerializer.Serialize(new { t = pair.T, p = pair.P })));
        var theirs = await Python.RunAsync("Metrics/numpy_metrics.py", lines);
        Assert.Equal(Vectors, theirs.GetArrayLength());
        foreach (var ((t, p), expected) in pairs.Zip(theirs.EnumerateArray()))
        {
            var ours = RegressionMetrics.Of(t, p);
            Near(expected, "rmse", ours.Rmse);
            Near(expected, "corr", ours.Corr);
            Near(expected, "ccc", ours.Ccc);
            Near(expected, "sagr", ours.Sagr);
            Near(expected, "nonzero", ours.SagrNonzero);
            Assert.Equal(expected.GetProperty("zeros").GetInt32(), ours.Zeros);
        }
    }

    [Fact]
    public void Of_NoRow_IsUndefined() => Assert.Equal(new OutputMetrics(null, null, null, null, null, 0), RegressionMetrics.Of([], []));

    [Fact]
    public void Of_OneRow_HasNoCorrelationAndNoConcordance() =>
        Assert.Equal(new OutputMetrics(0.5, null, null, 1, 1, 0), RegressionMetrics.Of([0.25], [0.75]));

    // 0.1 has no exact double: the variance of such values about their mean is not 0.
    [Theory]
    [InlineData(3)]
    [InlineData(1000)]
    public void Of_ConstantPredictions_HasNoCorrelationAndAConcordanceOf0(int rows)
    {
        var (varied, constant) = (Enumerable.Range(1, rows).Select(i => i / 7.0).ToArray(), Enumerable.Repeat(0.1, rows).ToArray());
        Assert.Equal((null, 0.0), CorrAndCcc(varied, constant));
        Assert.Equal((null, 0.0), CorrAndCcc(constant, varied));
    }

    [Fact]
    public void Of_BothConstant_HasNoConcordance()
    {
        Assert.Equal((null, null), CorrAndCcc([0.1, 0.1, 0.1], [0.3, 0.3, 0.3]));
        Assert.Equal((null, null), CorrAndCcc([0.1, 0.1, 0.1], [0.1, 0.1, 0.1]));
    }

    // The variance of the first is 0 in doubles, and that of the second no finite number.
    [Theory]
    [InlineData(1e-300)]
    [InlineData(1e200)]
    public void Of_ValuesWhoseSquaresNoDoubleHolds_HasCorrelationAndConcordance(double unit)
    {
        var metrics = RegressionMetrics.Of([unit, 2 * unit, 3 * unit], [unit, 2 * unit, 3 * unit]);
        Assert.Equal(1, metrics.Corr!.Value, 1e-15);
        Assert.Equal(1, metrics.Ccc!.Value, 1e-15);
    }

    [Fact]
    public void Of_ValuesThatDifferInTheLastBit_AreNotConstant()
    {
        var next = Math.BitIncrement(0.1);
        Assert.Equal(1, RegressionMetrics.Of([0.1, next, 0.1], [1, 2, 1]).Corr!.Value, 1e-12);
    }

    [Fact]
    public void Of_Zeros_HaveASignOfTheirOwn() =>
        Assert.Equal((3.0 / 5, 2.0 / 3, 2), Signs([0, 0, 0.5, -0.5, 0.5], [0, 0.1, 0.5, -1, -0.5]));

    [Fact]
    public void Of_NothingButZeros_HasNoShareOverTheOthers() => Assert.Equal((0.5, null, 2), Signs([0, -0.0], [0, 1]));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void Of_APredictionThatIsNoNumber_IsUndefined(double prediction) =>
        Assert.Equal(new OutputMetrics(null, null, null, null, null, 1), RegressionMetrics.Of([0, 1], [prediction, 1]));

    [Fact]
    public void Of_VectorsOfDifferentLength_Refuses() => Assert.Throws<ArgumentException>(() => RegressionMetrics.Of([1, 2], [1]));

    [Fact]
    public void MeanCcc_OfOneThatIsUndefined_IsUndefined()
    {
        var (defined, undefined) = (RegressionMetrics.Of([1, 2], [1, 2]), RegressionMetrics.Of([1, 1], [1, 1]));
        Assert.Equal(1, RegressionMetrics.MeanCcc(defined, defined));
        Assert.Null(RegressionMetrics.MeanCcc(defined, undefined));
    }

    private static (double[] T, double[] P) Draw(int seed)
    {
        var random = new Random(seed);
        var (rows, noise, shift) = (random.Next(2, 400), random.NextDouble() * 2, random.NextDouble() - 0.5);
        var t = Enumerable.Range(0, rows).Select(_ => random.Next(10) == 0 ? 0 : (random.NextDouble() * 2) - 1).ToArray();
        var p = t.Select(value => random.Next(20) == 0 ? 0 : (value * (1 - noise)) + (noise * random.NextDouble()) + shift).ToArray();
        return (t, p);
    }

    private static (double? Corr, double? Ccc) CorrAndCcc(double[] t, double[] p)
    {
        var metrics = RegressionMetrics.Of(t, p);
        return (metrics.Corr, metrics.Ccc);
    }

    private static (double? Sagr, double? Nonzero, int Zeros) Signs(double[] t, double[] p)
    {
        var metrics = RegressionMetrics.Of(t, p);
        return (metrics.Sagr, metrics.SagrNonzero, metrics.Zeros);
    }

    private static void Near(JsonElement expected, string name, double? ours)
    {
        var theirs = expected.GetProperty(name);
        Assert.Equal(theirs.ValueKind == JsonValueKind.Null, ours is null);
        if (ours is { } value) Assert.Equal(theirs.GetDouble(), value, 1e-12);
    }
}
