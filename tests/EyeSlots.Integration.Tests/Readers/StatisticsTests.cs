using System.Diagnostics;
using DuckDB.NET.Data;
using EyeSlots.Integration.Tests.Cli;
using Parquet;

namespace EyeSlots.Integration.Tests.Readers;

/// <summary>
/// A reader may pass over rows by what a file states of its columns. Ours state nothing: the writer's library orders text as UTF-16, so
/// that the trial's <c>😀.jpg</c> lay outside of what it stated, and gives columns of nulls a least value of 0.
/// </summary>
public sealed class StatisticsTests
{
    private const string Python = "/usr/bin/python3";
    private const string SparkVersion = "4.1.4";
    private static readonly string[] Images = ["a.jpg", "Ａ.jpg", "😀.jpg"];

    [Fact]
    public async Task PyArrow_FilterByAnyPath_FindsTheRow()
    {
        using var scratch = new Scratch();
        Assert.Equal(["1", "1", "1"], await FilterAsync(scratch, "pandas", Python, [], Tools.PyArrow()));
    }

    [Fact]
    public async Task Spark_FilterByAnyPath_FindsTheRow()
    {
        using var scratch = new Scratch();
        Assert.Equal(["1", "1", "1"], await FilterAsync(scratch, "spark", Path.Combine(Tools.Spark(SparkVersion), "bin", "spark-submit"), ["--master", "local[1]"], ""));
    }

    [Fact]
    public async Task DuckDb_FilterByAnyPath_FindsTheRow()
    {
        using var scratch = new Scratch();
        var path = await ShardAsync(scratch);
        using var duck = new DuckDBConnection("DataSource=:memory:");
        duck.Open();
        foreach (var image in Images)
        {
            using var query = duck.CreateCommand();
            query.CommandText = $"SELECT count(*) FROM read_parquet('{path}') WHERE image_path = '{image}'";
            Assert.Equal(1L, query.ExecuteScalar());
        }
    }

    [Fact]
    public async Task Shard_OfTheTrial_StatesNothingOfItsColumns()
    {
        using var scratch = new Scratch();
        await using var reader = await ParquetReader.CreateAsync(await ShardAsync(scratch), cancellationToken: TestContext.Current.CancellationToken);
        Assert.All(reader.RowGroups.SelectMany(group => group.RowGroup.Columns), column => Assert.Null(column.MetaData!.Statistics));
    }

    private static async Task<string> ShardAsync(Scratch scratch)
    {
        var trial = Path.GetDirectoryName(SharedFolder.File("trials", "statistics", "list.csv"))!;
        await EyeSlotsProgram.JsonAsync(
            "preprocess", "--annotations", Path.Combine(trial, "list.csv"), "--images", Path.Combine(trial, "img"), "--out", scratch["out"]);
        return Assert.Single(await RowDump.PathsAsync(scratch["out"]));
    }

    private static async Task<string[]> FilterAsync(Scratch scratch, string reader, string program, string[] arguments, string pythonPath)
    {
        var start = new ProcessStartInfo(program, [.. arguments, Path.Combine(AppContext.BaseDirectory, "Readers", "filter.py"), reader, scratch["counts"], await ShardAsync(scratch), .. Images])
        {
            RedirectStandardError = true, RedirectStandardOutput = true,
        };
        start.Environment["PYTHONPATH"] = pythonPath;
        start.Environment["LC_ALL"] = "C.UTF-8"; // the JVM and Python read arguments by it
        start.Environment["PYSPARK_PYTHON"] = start.Environment["PYSPARK_DRIVER_PYTHON"] = Python;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await output + await errors);
        return await File.ReadAllLinesAsync(scratch["counts"]);
    }
}
