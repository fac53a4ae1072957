using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using DuckDB.NET.Data;
using EyeSlots.Integration.Tests.Jobs;
using EyeSlots.Preprocessing.Synthesis;

namespace EyeSlots.Integration.Tests.Readers;

/// <summary>pandas with pyarrow, DuckDB and Spark read what we wrote, and agree with us on every value.</summary>
public sealed class RivalReadersTests(DrawnFaces drawn)
{
    private const string Python = "/usr/bin/python3";
    private const string SparkVersion = "4.1.4";
    private readonly SynthSummary faces = drawn.Of(new() { Faces = 1200, Defects = 0.2, Side = 200, Seed = 4 });

    [Fact]
    public async Task Pandas_ReadsEveryValue()
    {
        using var scratch = new Scratch();
        await JobRuns.RunAsync(faces, scratch["out"]);
        await AssertAgreesAsync(scratch, "pandas", Python, [], Tools.PyArrow());
    }

    [Fact]
    public async Task Spark_ReadsEveryValue()
    {
        using var scratch = new Scratch();
        await JobRuns.RunAsync(faces, scratch["out"]);
        await AssertAgreesAsync(scratch, "spark", Path.Combine(Tools.Spark(SparkVersion), "bin", "spark-submit"), ["--master", "local[2]"], "");
    }

    [Fact]
    public async Task DuckDb_ReadsEveryValue()
    {
        using var scratch = new Scratch();
        await JobRuns.RunAsync(faces, scratch["out"]);
        var paths = string.Join(", ", (await RowDump.PathsAsync(scratch["out"])).Select(path => $"'{path}'"));
        using var duck = new DuckDBConnection("DataSource=:memory:");
        duck.Open();
        using var query = duck.CreateCommand();
        query.CommandText = $"SELECT * FROM read_parquet([{paths}])";
        using var reader = query.ExecuteReader();
        List<string> lines = [];
        while (reader.Read()) lines.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(column => Text(reader.GetValue(column)))));
        lines.Sort(StringComparer.Ordinal);
        Assert.Equal(await RowDump.OfAsync(scratch["out"]), lines);
    }

    private static string Text(object value) => value switch
    {
        DBNull => "null",
        Stream slot => Convert.ToHexStringLower(SHA256.HashData(slot)),
        double or float => RowDump.Bits(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static async Task AssertAgreesAsync(Scratch scratch, string reader, string program, string[] arguments, string pythonPath)
    {
        await File.WriteAllTextAsync(scratch["paths"], string.Join('\n', await RowDump.PathsAsync(scratch["out"])));
        var start = new ProcessStartInfo(program, [.. arguments, Path.Combine(AppContext.BaseDirectory, "Readers", "dump.py"), reader, scratch["dump"], scratch["paths"]])
        {
            RedirectStandardError = true, RedirectStandardOutput = true,
        };
        start.Environment["PYTHONPATH"] = pythonPath;
        start.Environment["PYSPARK_PYTHON"] = start.Environment["PYSPARK_DRIVER_PYTHON"] = Python;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await output + await errors);
        Assert.Equal(await RowDump.OfAsync(scratch["out"]), await File.ReadAllLinesAsync(scratch["dump"]));
    }
}
