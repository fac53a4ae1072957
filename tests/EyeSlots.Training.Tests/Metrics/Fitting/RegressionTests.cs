using System.Text.Json;
using EyeSlots.Training.Metrics;
using EyeSlots.Training.Metrics.Baselines;
using EyeSlots.Training.Metrics.Fitting;
using EyeSlots.Training.Tests.Tools;

namespace EyeSlots.Training.Tests.Metrics.Fitting;

/// <summary>Least squares and ridge regression against NumPy's, on features like those of the floors.</summary>
public sealed class RegressionTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Solve_OnBoxes_IsNumPys(int seed) => await CompareAsync(Boxes(new(seed), 800), BoxGeometry.Features.Count, seed, ridge: 0);

    [Theory]
    [InlineData(1e-5)]
    [InlineData(0.1)]
    public async Task Solve_OnGrayCrops_IsNumPys(double ridge) => await CompareAsync(Crops(new(3), 1500), 192, 3, ridge);

    [Fact]
    public void Solve_WithAConstantFeature_LeavesItOut()
    {
        var model = new Regression(new FeatureMatrix([1, 0.1, 2, 0.1, 3, 0.1], 2)).Solve([5, 7, 9], 0);
        Assert.Equal(0, model.Coefficients[1]);
        Assert.Equal((2, 3), (Math.Round(model.Coefficients[0], 12), Math.Round(model.Intercept, 12)));
    }

    [Fact]
    public void Solve_WithAFeatureThatAnotherDetermines_PredictsAsWithoutIt()
    {
        double[] once = [1, 4, 2, 1, 7, 3], values = [3, -1, 5, 2, 0, 9];
        double[] doubled = [.. once.SelectMany(value => new[] { value, 3 - (2 * value) })];
        var (plain, other) = (new Regression(new FeatureMatrix(once, 1)).Solve(values, 0), new Regression(new FeatureMatrix(doubled, 2)).Solve(values, 0));
        Assert.Equal(plain.Predict([5]), other.Predict([5, -7]), 1e-12);
    }

    [Fact]
    public void Solve_WithFewerFacesThanFeatures_MeetsEachOfThem()
    {
        var boxes = new FeatureMatrix(Boxes(new(7), 3), BoxGeometry.Features.Count);
        var model = new Regression(boxes).Solve([0.5, -0.25, 1], 0);
        Assert.Equal([0.5, -0.25, 1], boxes.Predict(model).Select(value => Math.Round(value, 9)));
    }

    private static async Task CompareAsync(double[] features, int columns, int seed, double ridge)
    {
        var (matrix, random) = (new FeatureMatrix(features, columns), new Random(seed));
        var targets = Enumerable.Range(0, matrix.Rows).Select(row => (matrix[row][0] * 0.1) - (matrix[row][^1] * 0.01) + random.NextDouble()).ToArray();
        var problem = new { x = features.Chunk(columns), y = targets, ridge };
        var theirs = await Python.RunAsync("Metrics/Fitting/numpy_regression.py", JsonSerializer.Serialize(problem));
        var model = new Regression(matrix).Solve(targets, ridge);
        Assert.Equal(theirs.GetProperty("intercept").GetDouble(), model.Intercept, 1e-9);
        AllNear(theirs.GetProperty("coefficients"), model.Coefficients);
        AllNear(theirs.GetProperty("predictions"), matrix.Predict(model));
    }

    private static void AllNear(JsonElement theirs, IReadOnlyList<double> ours)
    {
        Assert.Equal(theirs.GetArrayLength(), ours.Count);
        foreach (var (expected, value) in theirs.EnumerateArray().Zip(ours)) Assert.Equal(expected.GetDouble(), value, 1e-9);
    }

    private static double[] Boxes(Random random, int faces)
    {
        var matrix = new double[faces * BoxGeometry.Features.Count];
        for (var face = 0; face < faces; face++)
        {
            var (width, aspect) = (40 + (160 * random.NextDouble()), 2.5 + (2 * random.NextDouble()));
            new BoxGeometry(width, width / aspect, (60 * random.NextDouble()) - 30).CopyTo(matrix.AsSpan(face * BoxGeometry.Features.Count));
        }

        return matrix;
    }

    // Each pixel is near to the one before it, as in an image.
    private static double[] Crops(Random random, int faces)
    {
        var pixels = new double[faces * 192];
        for (var at = 0; at < pixels.Length; at++) pixels[at] = at % 192 == 0 ? random.Next(256) : Math.Clamp(pixels[at - 1] + random.Next(-40, 41), 0, 255);
        return pixels;
    }
}
