using Apache.Arrow;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;
using EyeSlots.Integration.Tests;
using EyeSlots.Spark.Contract;
using EyeSlots.Spark.Engine;
using EyeSlots.Spark.Tests.Servers;
using EyeSlots.Storage.S3;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyeSlots.Spark.Tests.Engine;

/// <summary>How slices become rows, which are tasks, and rows queries.</summary>
public sealed class SliceWavesTests(Faces faces) : IDisposable
{
    private const int Limit = 32 << 20;
    private readonly ObjectStoreFactory stores = new(new(null, null, null));

    [Fact]
    public async Task Cut_ManySlicesForEachCore_PutsFewerIntoARowTheFewerAreLeft()
    {
        using var plan = await PlanAsync(60);
        var rows = Rows(new SliceWaves(plan, 2, 8192, Limit).Cut(plan.Slices));
        AssertAllOnce(plan, rows);
        Assert.Equal(8, rows[0].Count);
        Assert.All(rows.TakeLast(3), row => Assert.Single(row));
        Assert.Equal(rows.Select(row => row.Count).OrderDescending(), rows.Select(row => row.Count));
        Assert.InRange(rows.Count, plan.Slices.Count / 8, plan.Slices.Count / 2);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(100)]
    public async Task Cut_FewSlicesOrNoKnownCores_PutsOneIntoARow(int? cores)
    {
        using var plan = await PlanAsync(10);
        var rows = Rows(new SliceWaves(plan, cores, 8192, Limit).Cut(plan.Slices));
        AssertAllOnce(plan, rows);
        Assert.All(rows, row => Assert.Single(row));
    }

    [Fact]
    public async Task Cut_BeyondALimit_StartsAnotherQuery()
    {
        using var plan = await PlanAsync(10);
        var byRows = new SliceWaves(plan, null, 3, Limit).Cut(plan.Slices).ToList();
        Assert.All(byRows, wave => Assert.InRange(wave.Rows.Count, 1, 3));
        var byBytes = new SliceWaves(plan, null, 8192, 1).Cut(plan.Slices).ToList();
        Assert.All(byBytes, wave => Assert.Single(wave.Rows));
        AssertAllOnce(plan, Rows(byRows));
        AssertAllOnce(plan, Rows(byBytes));
    }

    public void Dispose() => stores.Dispose();

    private Task<Plan> PlanAsync(int lists) => new Planner(stores, stores.Open(StorageAddress.Parse(faces.Drawn.ImageRoot)), NullLogger.Instance).PlanAsync(
        AnnotationList.ParseAll([.. Enumerable.Range(0, lists).Select(i => $"list{i}={faces.Drawn.Lists[2]}")]), new(), false, null, TestContext.Current.CancellationToken);

    private static List<List<Slice>> Rows(IEnumerable<SliceWave> waves) =>
        [.. waves.SelectMany(wave => Enumerable.Range(0, wave.Rows.Count).Select(row => SliceRow.Read(Part(wave, row)).ToList()))];

    /// <summary>The parts of a wave that its rows name follow each other.</summary>
    private static ReadOnlyMemory<byte> Part(SliceWave wave, int row)
    {
        var input = ShardFunction.Rows("plans/run.0.slices", wave.Rows);
        var (keys, offsets, lengths) = ((StringArray)input.Column(0), (Int64Array)input.Column(1), (Int32Array)input.Column(2));
        Assert.Equal("plans/run.0.slices", keys.GetString(row));
        Assert.Equal(row == 0 ? 0 : offsets.GetValue(row - 1) + lengths.GetValue(row - 1), offsets.GetValue(row));
        return wave.Content.Slice((int)offsets.GetValue(row)!.Value, lengths.GetValue(row)!.Value);
    }

    private static void AssertAllOnce(Plan plan, List<List<Slice>> rows) =>
        Assert.Equal(plan.Slices.Select(slice => slice.Fingerprint).Order(), rows.SelectMany(row => row).Select(slice => slice.Fingerprint).Order());
}
