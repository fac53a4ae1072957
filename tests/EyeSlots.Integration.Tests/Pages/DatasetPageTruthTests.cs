using System.Text.Json;
using DuckDB.NET.Data;
using EyeSlots.Integration.Tests.Cli;

namespace EyeSlots.Integration.Tests.Pages;

/// <summary>What stands on the page of a dataset is what its manifests say, and what DuckDB reads from its shards.</summary>
[Collection(nameof(MadePages))]
public sealed class DatasetPageTruthTests(MadePages made, Browser browser)
{
    private static readonly double[] Shares = [0, 0.05, 0.5, 0.95, 1];

    [Fact]
    public async Task Lists_HaveTheManifestsCountsAndTheShardsLabels()
    {
        var (table, shards, rows) = (await TableAsync("Faces by list"), Manifest(2).GetProperty("shards").EnumerateArray().ToLookup(shard => shard.GetProperty("list").GetString()!), await RowsAsync());
        Assert.Equal(["test", "training", "validation"], table.Rows.Select(row => row[0].Text));
        foreach (var list in shards)
        {
            var own = rows.Where(row => row.List == list.Key).ToList();
            double[] counts = [list.Count(), .. new[] { "faces", "rows", "rejected" }.Select(name => (double)list.Sum(shard => shard.GetProperty(name).GetInt64()))];
            double[] labels = [own.Count(row => row is { Valence: not null, Arousal: not null }), own.Average(row => (double?)row.Valence)!.Value, own.Average(row => (double?)row.Arousal)!.Value];
            Assert.All(table.Numbers(list.Key).Zip((double[])[.. counts, .. labels]), pair => Assert.Equal(pair.Second, pair.First, 1e-9));
            var expressions = await TableAsync("Crops by expression");
            Assert.Equal(own.Count, expressions.Numbers(list.Key).Sum());
            Assert.Equal(own.Count(row => row.Expression == 1), expressions.Numbers(list.Key)[expressions.Columns.Index().Single(column => column.Item == "happy").Index - 1]);
        }
    }

    [Fact]
    public async Task Quarantine_IsCountedByCodeAsTheManifestDoes()
    {
        var table = await TableAsync("Rejected faces");
        var codes = Manifest(2).GetProperty("totals").GetProperty("rejectedByCode").EnumerateObject().ToDictionary(code => code.Name, code => code.Value.GetInt32());
        Assert.Equal(DatasetPages.Rejected.OrderBy(code => code.Key, StringComparer.Ordinal), codes.OrderBy(code => code.Key, StringComparer.Ordinal));
        Assert.Equal(["list", .. codes.Keys, "all"], table.Columns);
        Assert.Equal([.. codes.Values.Select(count => (double)count), codes.Values.Sum()], table.Numbers("all lists"));
    }

    [Fact]
    public async Task Change_IsTheDifferenceOfBothManifests()
    {
        var (table, before, now) = (await TableAsync("Lists with other shards than before"), Manifest(1), Manifest(2));
        var expected = new[] { "faces", "rows", "rejected" }.SelectMany(name => new[] { before, now }.Select(manifest =>
            (double)manifest.GetProperty("shards").EnumerateArray().Where(shard => shard.GetProperty("list").GetString() == "test").Sum(shard => shard.GetProperty(name).GetInt64())));
        Assert.Equal(expected, table.Numbers("test"));
        Assert.Single(table.Rows);
    }

    [Fact]
    public async Task Quantiles_AreThoseOfTheShardsRows()
    {
        var rows = await RowsAsync();
        var (geometry, labels) = (await TableAsync("Geometry of the crops"), await TableAsync("Labels of the crops"));
        AssertQuantiles(geometry.Numbers("Angle θ, degrees"), 1, rows.Select(row => row.Theta));
        AssertQuantiles(geometry.Numbers("Width of the crop, pixels"), 0, rows.Select(row => (double)row.Width));
        AssertQuantiles(geometry.Numbers("Height of the crop, pixels"), 0, rows.Select(row => (double)row.Height));
        AssertQuantiles(geometry.Numbers("Coverage, share of the slot inside"), 3, rows.Select(row => (double)row.Coverage));
        AssertQuantiles(labels.Numbers("Valence"), 2, rows.Select(row => (double?)row.Valence).OfType<double>());
        AssertQuantiles(labels.Numbers("Arousal"), 2, rows.Select(row => (double?)row.Arousal).OfType<double>());
    }

    [Fact]
    public async Task Drawings_CountEveryCrop()
    {
        var rows = await RowsAsync();
        var plane = await TableAsync("Plane of valence and arousal: cells that are not empty");
        Assert.Equal(
            rows.Where(row => row is { Valence: not null, Arousal: not null }).GroupBy(row => (Cell(row.Valence!.Value), Cell(row.Arousal!.Value)))
                .Select(cell => (double[])[(cell.Key.Item1 - 10) / 10.0, (cell.Key.Item2 - 10) / 10.0, cell.Count()]).OrderBy(cell => cell[0]).ThenBy(cell => cell[1]),
            plane.AllNumbers());
        var valence = (await TableAsync("Valence: Valence")).AllNumbers();
        Assert.Equal(rows.Count(row => row.Valence is not null), valence.Sum(bar => bar[2]));
        var widths = (await TableAsync("Width of the crop: Width of the crop, pixels")).AllNumbers();
        Assert.All(widths, bar => Assert.Equal(rows.Count(row => row.Width >= bar[0] && row.Width < bar[1]), bar[2]));
    }

    [Fact]
    public async Task NearEqualFaces_AreThoseOfTheSearch()
    {
        var found = await EyeSlotsProgram.JsonAsync("duplicates", "--out", made.Shards, "--dataset", DatasetPages.Dataset);
        var groups = (await TableAsync("Groups by lists")).AllNumbers(1);
        Assert.Equal(found.GetProperty("groups").GetArrayLength(), groups.Sum(lists => lists[0]));
        Assert.Equal(found.GetProperty("duplicateFaces").GetInt64(), groups.Sum(lists => lists[1]));
    }

    private async Task<ShownTable> TableAsync(string caption)
    {
        await using var opened = await browser.OpenAsync(made["data"]);
        return (await ShownTable.AllAsync(opened)).Single(table => table.Caption == caption);
    }

    private JsonElement Manifest(int generation) =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(made.Shards, "manifests", DatasetPages.Dataset, $"{generation:D8}.json"))).RootElement.GetProperty("content");

    private async Task<List<Row>> RowsAsync()
    {
        var paths = (await EyeSlotsProgram.JsonAsync("inspect", "--out", made.Shards, "--dataset", DatasetPages.Dataset, "--paths")).GetProperty("paths").EnumerateArray();
        using var duck = new DuckDBConnection("DataSource=:memory:");
        duck.Open();
        using var query = duck.CreateCommand();
        query.CommandText = $"SELECT list, width, height, theta, coverage, expression, valence, arousal FROM read_parquet([{string.Join(", ", paths.Select(path => $"'{path.GetString()}'"))}])";
        using var reader = query.ExecuteReader();
        List<Row> rows = [];
        while (reader.Read()) rows.Add(new(
            reader.GetString(0), reader.GetInt32(1), reader.GetInt32(2), reader.GetDouble(3), reader.GetFloat(4),
            reader.IsDBNull(5) ? null : reader.GetInt32(5), reader.IsDBNull(6) ? null : reader.GetFloat(6), reader.IsDBNull(7) ? null : reader.GetFloat(7)));
        return rows;
    }

    // Number, quantiles, mean: the quantiles to the digits shown.
    private static void AssertQuantiles(double[] shown, int decimals, IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        Assert.Equal(sorted.Length, shown[0]);
        Assert.Equal(Shares.Select(share => Math.Round(sorted[(int)Math.Round(share * (sorted.Length - 1))], decimals)), shown[1..^1]);
        Assert.Equal(sorted.Average(), shown[^1], 1e-9);
    }

    private static int Cell(float label) => (int)Math.Min(19, Math.Floor((label + 1.0) * 10));

    private sealed record Row(string List, int Width, int Height, double Theta, float Coverage, int? Expression, float? Valence, float? Arousal);
}
