using EyeSlots.Training.Loading;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyeSlots.Training.Tests.Loading;

/// <summary>What faces count with --balance.</summary>
public sealed class LabelBalanceTests(PartsDataset dataset) : IClassFixture<PartsDataset>
{
    [Fact]
    public void Weights_LieWithinTheirRange_AndAreOneOnAverage()
    {
        var weights = Weights();
        Assert.All(weights, weight => Assert.InRange(weight.Value, 0.2f, 5f));
        Assert.Equal(1.0, weights.Values.Average(weight => (double)weight), 4);
    }

    [Fact]
    public void Weights_BetweenTheEnds_AreAsTheInverseOfTheirCellsCount()
    {
        var weights = Weights();
        var cells = weights.GroupBy(pair => Cell(dataset.Faces.Labels[pair.Key])).Select(cell => (Count: cell.Count(), Weight: Assert.Single(cell.Select(pair => pair.Value).Distinct()))).ToList();
        var products = cells.Where(cell => cell.Weight is > 0.2f and < 5f).Select(cell => (double)cell.Weight * cell.Count).ToList();
        Assert.True(products.Count > 5);
        Assert.All(products, product => Assert.Equal(products[0], product, products[0] * 1e-6));
    }

    [Fact]
    public void Weights_WithoutBalance_AreOne()
    {
        using var stream = new ShardStream(dataset.Faces, new(), NullLogger.Instance);
        Assert.All(stream.Epoch(0).SelectMany(batch => batch.Weights.ToArray()), weight => Assert.Equal(1f, weight));
    }

    private static (int, int) Cell(FaceLabels labels) => (Math.Min(9, (int)((labels.Valence + 1) * 5)), Math.Min(9, (int)((labels.Arousal + 1) * 5)));

    private Dictionary<int, float> Weights()
    {
        using var stream = new ShardStream(dataset.Faces, new() { Balance = true, BatchSize = 8 }, NullLogger.Instance);
        return stream.InOrder().SelectMany(batch => batch.Faces.ToArray().Zip(batch.Weights.ToArray())).ToDictionary(pair => pair.First, pair => pair.Second);
    }
}
