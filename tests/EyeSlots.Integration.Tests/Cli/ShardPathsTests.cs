using DuckDB.NET.Data;
using EyeSlots.Integration.Tests.Jobs;

namespace EyeSlots.Integration.Tests.Cli;

/// <summary>The paths of a generation, for other programs: folders have spaces, quotes and line breaks in their names.</summary>
public sealed class ShardPathsTests(DrawnFaces drawn)
{
    [Theory]
    [InlineData("out")]
    [InlineData("o u t's")]
    [InlineData("o\nt")]
    public async Task Paths_OfAnyFolder_AreWholeWithNulAndInJson(string folder)
    {
        using var scratch = new Scratch();
        var paths = await MakeAsync(scratch, folder);
        var json = await EyeSlotsProgram.JsonAsync("inspect", "--out", scratch[folder], "--paths");
        Assert.Equal(paths, json.GetProperty("paths").EnumerateArray().Select(path => path.GetString()!).Order(StringComparer.Ordinal));
        var nul = await EyeSlotsProgram.RunAsync("inspect", "--out", scratch[folder], "--paths", "-0");
        Assert.EndsWith(".parquet\0", nul.Output, StringComparison.Ordinal);
        Assert.Equal(paths, nul.Output.TrimEnd('\0').Split('\0').Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Paths_WithASpace_AreReadByDuckDb()
    {
        using var scratch = new Scratch();
        await MakeAsync(scratch, "my slots");
        await File.WriteAllTextAsync(scratch["shards.json"], (await EyeSlotsProgram.RunAsync("inspect", "--out", scratch["my slots"], "--paths", "--json")).Output);
        using var duck = new DuckDBConnection("DataSource=:memory:");
        duck.Open();
        using var query = duck.CreateCommand();
        query.CommandText = $"SET VARIABLE shards = (SELECT paths FROM read_json('{scratch["shards.json"]}', columns = {{paths: 'VARCHAR[]'}}))";
        query.ExecuteNonQuery();
        query.CommandText = "SELECT count(*) FROM read_parquet(getvariable('shards'))";
        Assert.True(Convert.ToInt64(query.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture) > 0);
    }

    private async Task<List<string>> MakeAsync(Scratch scratch, string folder)
    {
        await JobRuns.RunAsync(drawn.Of(new() { Faces = 40 }), scratch[folder]);
        return [.. Directory.EnumerateFiles(Path.Combine(scratch[folder], "shards")).Order(StringComparer.Ordinal)];
    }
}
