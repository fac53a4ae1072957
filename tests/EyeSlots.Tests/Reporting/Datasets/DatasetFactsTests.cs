using EyeSlots.Core.Manifests;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;
using EyeSlots.Reporting.Datasets;
using EyeSlots.Tests.Manifests;

namespace EyeSlots.Tests.Reporting.Datasets;

/// <summary>What is gathered of a generation, beside all its rows held at once.</summary>
public sealed class DatasetFactsTests : IDisposable
{
    private readonly Dataset dataset = new();

    public void Dispose() => dataset.Dispose();

    [Fact]
    public async Task Facts_AreThoseOfAllRows()
    {
        var manifest = await CommitAsync(12);
        var facts = await ReadAsync(manifest);
        var rows = await RowsAsync(manifest);
        Assert.Empty(facts.Damaged);
        Assert.Equal(rows.Count, facts.Read);
        AssertSame(rows.Select(row => row.Theta), facts.Theta);
        AssertSame(rows.Select(row => (double)row.Width), facts.Width);
        AssertSame(rows.Select(row => (double)row.Height), facts.Height);
        AssertSame(rows.Select(row => (double)row.Coverage), facts.Coverage);
        AssertSame(rows.Where(row => row.Valence is not null).Select(row => (double)row.Valence!), facts.Valence);
        AssertSame(rows.Where(row => row.Arousal is not null).Select(row => (double)row.Arousal!), facts.Arousal);
    }

    [Fact]
    public async Task Lists_HaveTheManifestsCountsAndTheirRowsLabels()
    {
        var manifest = await CommitAsync(9);
        var facts = await ReadAsync(manifest);
        var rows = (await RowsAsync(manifest)).ToLookup(row => row.Key.List);
        Assert.Equal(["a", "b", "c"], facts.Lists.Select(list => list.Name));
        foreach (var list in facts.Lists)
        {
            var own = rows[list.Name].ToList();
            Assert.Equal((3, 30, 24, 6), (list.Shards, (int)list.Totals.Faces, (int)list.Totals.Rows, (int)list.Totals.Rejected));
            Assert.Equal((own.Count, own.Count(row => row is { Valence: not null, Arousal: not null })), ((int)list.Read, (int)list.Labelled));
            Assert.Equal(Enumerable.Range(0, 11).Select(number => (long)own.Count(row => row.Expression == number)), list.Expressions);
            Assert.Equal(own.Count(row => row.Expression is null), list.WithoutExpression);
            AssertSame(own.Where(row => row.Arousal is not null).Select(row => (double)row.Arousal!), list.Arousal);
        }
    }

    [Fact]
    public async Task Plane_CountsEveryCropWithBothLabelsInItsCell()
    {
        var manifest = await CommitAsync(6);
        var plane = (await ReadAsync(manifest)).Plane;
        var expected = new long[20, 20];
        foreach (var row in await RowsAsync(manifest))
        {
            if (row is { Valence: { } valence, Arousal: { } arousal }) expected[(int)Math.Min(19, Math.Floor((valence + 1.0) * 10)), (int)Math.Min(19, Math.Floor((arousal + 1.0) * 10))]++;
        }

        Assert.Equal(expected, plane);
    }

    [Fact]
    public async Task DamagedShards_AreNamedAndLeftOut()
    {
        var manifest = await CommitAsync(6);
        var shards = manifest.Content.Shards;
        dataset.Damage(ShardLayout.ShardKey(shards[1].Fingerprint), bytes => bytes[..^100]);
        File.Delete(dataset.Root.At(ShardLayout.ShardKey(shards[4].Fingerprint)));
        var facts = await ReadAsync(manifest);
        Assert.Equal([shards[1].Fingerprint, shards[4].Fingerprint], facts.Damaged.Select(problem => problem.Fingerprint));
        Assert.All(facts.Damaged, problem => Assert.Contains(problem.Fingerprint, problem.Detail, StringComparison.Ordinal));
        Assert.Equal(4 * 8, facts.Read);
        Assert.Equal(6 * 8, facts.Lists.Sum(list => list.Totals.Rows));
    }

    [Fact]
    public async Task ShardWithOtherRowsThanTheManifestStates_IsDamaged()
    {
        var manifest = await CommitAsync(1);
        var lying = manifest.Content with { Shards = [manifest.Content.Shards[0] with { Rows = 9, Faces = 11 }] };
        var facts = await DatasetFacts.ReadAsync(dataset.Root.Store, lying, null, TestContext.Current.CancellationToken);
        Assert.Contains("it holds 8 rows, and the manifest states 9", Assert.Single(facts.Damaged).Detail, StringComparison.Ordinal);
        Assert.Equal(0, facts.Read);
    }

    [Fact]
    public async Task Progress_CountsEveryShard()
    {
        var manifest = await CommitAsync(5);
        var told = new Told();
        await DatasetFacts.ReadAsync(dataset.Root.Store, manifest.Content, told, TestContext.Current.CancellationToken);
        Assert.Equal([1, 2, 3, 4, 5], told.Values);
    }

    private async Task<Manifest> CommitAsync(int shards)
    {
        List<ShardResult> published = [];
        for (var i = 0; i < shards; i++) published.Add(await dataset.PublishAsync(i, $"{"abc"[i % 3]}"));
        return await dataset.CommitAsync("affectnet", 0, published);
    }

    private Task<DatasetFacts> ReadAsync(Manifest manifest) => DatasetFacts.ReadAsync(dataset.Root.Store, manifest.Content, null, TestContext.Current.CancellationToken);

    private async Task<List<ShardRow>> RowsAsync(Manifest manifest)
    {
        List<ShardRow> rows = [];
        foreach (var shard in manifest.Content.Shards) rows.AddRange((await PublishedFile.OpenShardAsync(dataset.Root.Store, shard)).Rows());
        return rows;
    }

    private static void AssertSame(IEnumerable<double> values, RoundedCounts counts)
    {
        double[] all = [.. values];
        var decimals = counts.Quantity.Decimals;
        Assert.Equal(all.Length, counts.Total);
        Assert.Equal(all.Average(), counts.Mean, 1e-9);
        foreach (var group in all.GroupBy(value => Math.Round(value, decimals))) Assert.Equal(group.Count(), counts.At(group.Key));
    }

    private sealed class Told : IProgress<int>
    {
        public List<int> Values { get; } = [];

        public void Report(int value) => Values.Add(value);
    }
}
