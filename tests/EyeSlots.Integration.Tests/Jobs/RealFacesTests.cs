using EyeSlots.Core.Annotations;
using EyeSlots.Core.Geometry;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;
using EyeSlots.Core.Storage;
using EyeSlots.Integration.Tests.Cli;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyeSlots.Integration.Tests.Jobs;

/// <summary>The 43 real faces, whose list has no labels.</summary>
public sealed class RealFacesTests
{
    private const double MostEyeLineDegrees = 6;

    [Fact]
    public async Task RealFaces_AreAllCutUprightWithEveryPointInside()
    {
        var folder = Path.Combine(SharedFolder.Path, "faces");
        using var scratch = new Scratch();
        var list = Path.Combine(folder, "training.csv");
        var run = await EyeSlotsProgram.JsonAsync("preprocess", "--annotations", list, "--images", folder, "--out", scratch["out"]);
        Assert.Equal(43, run.GetProperty("faces").GetInt32());
        Assert.Equal(43, run.GetProperty("rows").GetInt32() + run.GetProperty("rejected").EnumerateObject().Sum(code => code.Value.GetInt32()));

        var stores = new LocalStores();
        using var plan = await new Planner(stores, stores.Open(StorageAddress.Parse(folder)), NullLogger.Instance)
            .PlanAsync(AnnotationList.ParseAll([list]), new(), false, null, TestContext.Current.CancellationToken);
        var eyes = plan.Slices.SelectMany(slice => plan.Load(slice).Faces).ToDictionary(face => face.Key, face => face.Eyes);
        var rows = await RowsAsync(scratch["out"]);
        Assert.Equal(43, rows.Count);
        Assert.All(rows, row => AssertUpright(row, eyes[row.Key]));
        Assert.All(rows, row => Assert.Equal((null, null), (row.Valence, row.Arousal)));
    }

    private static async Task<List<ShardRow>> RowsAsync(string output)
    {
        var paths = await EyeSlotsProgram.RunAsync("inspect", "--out", output, "--paths");
        List<ShardRow> rows = [];
        foreach (var path in paths.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            rows.AddRange(ShardReader.Open(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken)).Rows());
        return rows;
    }

    private static void AssertUpright(ShardRow row, double[] eyes)
    {
        var points = Enumerable.Range(0, EyeLandmarks.Points).Select(i => InCrop(row, eyes[2 * i], eyes[(2 * i) + 1])).ToArray();
        Assert.All(points, point => Assert.True(point.X >= -0.5 && point.Y >= -0.5 && point.X <= row.Width - 0.5 && point.Y <= row.Height - 0.5, $"{row.Key}: {point}"));
        var (first, second) = (Mean(points[11..17]), Mean(points[17..23]));
        var angle = Math.Atan2(second.Y - first.Y, second.X - first.X) * 180 / Math.PI;
        Assert.True(Math.Abs(angle) <= MostEyeLineDegrees, $"{row.Key}: the eye line is at {angle:F1} degrees.");
    }

    private static (double X, double Y) InCrop(ShardRow row, double x, double y)
    {
        var (cos, sin) = row.Geometry.Direction;
        var (dx, dy) = (x - row.Geometry.CenterX, y - row.Geometry.CenterY);
        return ((cos * dx) + (sin * dy) + ((row.Width - 1) / 2.0), (cos * dy) - (sin * dx) + ((row.Height - 1) / 2.0));
    }

    private static (double X, double Y) Mean((double X, double Y)[] points) => (points.Average(point => point.X), points.Average(point => point.Y));

    private sealed class LocalStores : IObjectStoreFactory
    {
        public IObjectStore Open(StorageAddress root, bool followLinks = false) => new LocalObjectStore(root, followLinks);
    }
}
