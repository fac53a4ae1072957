using System.Text.Json;
using EyeSlots.Core;
using EyeSlots.Core.Shards;
using EyeSlots.Integration.Tests;
using EyeSlots.Training.Augmentation;
using EyeSlots.Training.Loading;
using EyeSlots.Training.Metrics;
using EyeSlots.Training.Metrics.Baselines;
using EyeSlots.Training.Metrics.Fitting;
using EyeSlots.Training.Tests.Tools;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyeSlots.Training.Tests.Metrics;

/// <summary>The floors of a drawn dataset: NumPy's on the same rows, the same whatever the threads, and whole again from their file.</summary>
public sealed class FloorsTests
{
    private static readonly FloorReader Reader = new(new() { Workers = 2 }, NullLogger.Instance);

    [Fact]
    public async Task Fit_OfBoxes_IsNumPys()
    {
        using var dataset = await DrawnDataset.DrawAsync(900);
        var (training, validation) = (await dataset.FacesAsync("training"), await dataset.FacesAsync("validation"));
        var floors = await Floors.FitAsync(training, validation, Reader, TestContext.Current.CancellationToken);
        var theirs = await NumPyAsync(await BoxesAsync(training), [.. training.Labels.Select(labels => (double)labels.Arousal)], 0);
        Near(theirs, floors.Geometry.Arousal);
    }

    [Fact]
    public async Task Fit_OfGrayCrops_IsNumPysWithTheRidgeThatValidationChose()
    {
        using var dataset = await DrawnDataset.DrawAsync(900);
        var (training, validation) = (await dataset.FacesAsync("training"), await dataset.FacesAsync("validation"));
        var floors = await Floors.FitAsync(training, validation, Reader, TestContext.Current.CancellationToken);
        var theirs = await NumPyAsync(Crops(training), [.. training.Labels.Select(labels => (double)labels.Valence)], floors.Ridge.Valence);
        Near(theirs, floors.Linear.Valence);
        Assert.Equal(training.Count, floors.LinearFaces);
    }

    [Fact]
    public async Task Fit_WithOneOrThreeThreads_IsTheSame()
    {
        using var dataset = await DrawnDataset.DrawAsync(400);
        var (training, validation) = (await dataset.FacesAsync("training"), await dataset.FacesAsync("validation"));
        var files = new List<byte[]>();
        foreach (var workers in (int[])[1, 3])
        {
            var reader = new FloorReader(new() { Workers = workers }, NullLogger.Instance);
            files.Add((await Floors.FitAsync(training, validation, reader, TestContext.Current.CancellationToken)).ToBytes());
        }

        Assert.Equal(files[0], files[1]);
    }

    [Fact]
    public async Task Predict_AfterTheFile_IsThatOfTheFit()
    {
        using var dataset = await DrawnDataset.DrawAsync(400);
        using var scratch = new Scratch();
        var (training, validation) = (await dataset.FacesAsync("training"), await dataset.FacesAsync("validation"));
        var fitted = await Floors.FitAsync(training, validation, Reader, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(scratch["floors.json"], fitted.ToBytes(), TestContext.Current.CancellationToken);
        var (before, after) = (await fitted.PredictAsync(validation, Reader), await Floors.Load(scratch["floors.json"]).PredictAsync(validation, Reader));
        Assert.Equal(["mean", "zero", "geometry", "linear"], after.Select(floor => floor.Name));
        foreach (var (one, other) in before.Zip(after))
        {
            Assert.Equal(one.Values.Valence, other.Values.Valence);
            Assert.Equal(one.Values.Arousal, other.Values.Arousal);
            Assert.Equal(validation.Count, one.Values.Valence.Length);
            Assert.DoesNotContain(double.NaN, one.Values.Arousal);
        }

        Assert.All(before[0].Values.Valence, value => Assert.Equal(training.MeanValence, value));
        Assert.All(before[1].Values.Valence, value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"mean":{"valence":0,"arousal":0},"geometry":{"valence":{"intercept":0,"coefficients":[1]},"arousal":null},"linear":{"valence":null,"arousal":null},"ridge":{"valence":1,"arousal":1},"linearFaces":3}""")]
    [InlineData("""{"mean":{"valence":1e999,"arousal":0},"geometry":{"valence":null,"arousal":null},"linear":{"valence":null,"arousal":null},"ridge":{"valence":1,"arousal":1},"linearFaces":3}""")]
    public async Task Load_OfAnotherFile_SaysThatTheRunIsDamaged(string text)
    {
        using var scratch = new Scratch();
        await File.WriteAllTextAsync(scratch["floors.json"], text, TestContext.Current.CancellationToken);
        var error = Assert.Throws<EyeSlotsException>(() => Floors.Load(scratch["floors.json"]));
        Assert.Equal(ErrorCodes.CheckpointDamaged, error.Code);
        Assert.Contains(scratch["floors.json"], error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sample_OfManyShards_IsSpreadOverThem()
    {
        using var dataset = await DrawnDataset.DrawPartsAsync(400, parts: 40);
        var faces = await dataset.FacesAsync();
        var sample = faces.Sample(faces.Count / 4);
        Assert.InRange(sample.Count, faces.Count / 5, faces.Count / 3);
        Assert.Subset(faces.Keys.ToHashSet(), sample.Keys.ToHashSet());
        Assert.Equal(10, sample.Keys.Select(key => key.List).Distinct().Count());
        Assert.Same(faces, faces.Sample(faces.Count));
    }

    // By the shards' rows and the specification's words, not by the floors' own reader.
    private static async Task<double[][]> BoxesAsync(FaceTable faces)
    {
        Dictionary<string, ShardRow> rows = [];
        foreach (var shard in faces.Shards)
        {
            foreach (var row in (await PublishedFile.OpenShardAsync(faces.Generation.Root, shard)).Rows()) rows[row.Key.ToString()] = row;
        }

        return [.. faces.Keys.Select(key =>
        {
            var row = rows[key.ToString()];
            var aspect = row.Geometry.Width / row.Geometry.Height;
            return new[] { aspect, aspect * aspect, aspect * aspect * aspect, row.Geometry.Width, row.Geometry.Height, row.Theta };
        })];
    }

    private static double[][] Crops(FaceTable faces)
    {
        var options = new LoaderOptions { Input = new InputShape(24, 8, Gray: true), Augmentation = AugmentationOptions.None, BatchSize = 50 };
        using var stream = new ShardStream(faces, options, NullLogger.Instance);
        return [.. stream.InOrder().SelectMany(batch => batch.Pixels.ToArray().Chunk(192)).Select(crop => crop.Select(pixel => (double)pixel).ToArray())];
    }

    private static Task<JsonElement> NumPyAsync(double[][] x, double[] y, double ridge) =>
        Python.RunAsync("Metrics/Fitting/numpy_regression.py", JsonSerializer.Serialize(new { x, y, ridge }));

    private static void Near(JsonElement theirs, LinearModel ours)
    {
        Assert.Equal(theirs.GetProperty("intercept").GetDouble(), ours.Intercept, 1e-9);
        var coefficients = theirs.GetProperty("coefficients").EnumerateArray().Select(value => value.GetDouble()).ToList();
        Assert.Equal(coefficients.Count, ours.Coefficients.Count);
        foreach (var (expected, value) in coefficients.Zip(ours.Coefficients)) Assert.Equal(expected, value, 1e-9);
    }
}
