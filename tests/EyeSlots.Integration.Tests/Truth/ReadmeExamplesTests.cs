using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using DuckDB.NET.Data;
using EyeSlots.Integration.Tests.Cli;
using EyeSlots.Integration.Tests.Readers;
using EyeSlots.Integration.Tests.Storage;

namespace EyeSlots.Integration.Tests.Truth;

/// <summary>
/// The examples of the README, run as written in a folder where <c>eyeslots</c> is the program: the shell lines that need no more than an
/// S3 server, and the snippets that read shards. Examples with a cluster are parsed only; the tests of Spark run their like.
/// </summary>
public sealed class ReadmeExamplesTests : IAsyncLifetime
{
    private const string Python = "/usr/bin/python3";
    private const string SparkVersion = "4.1.4";
    private const int Faces = 240;
    private readonly Scratch scratch = new();
    private readonly S3Server s3;

    public ReadmeExamplesTests(S3Server s3) => this.s3 = s3;

    /// <summary>With a space in its name, as folders have them.</summary>
    private string Folder => scratch["my data"];

    /// <summary>What the README takes as given: photographs in <c>affectnet</c> and two lists of them.</summary>
    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Folder);
        File.CreateSymbolicLink(At("eyeslots"), EyeSlotsProgram.Path);
        await EyeSlotsProgram.JsonAsync("synth", "--out", At("affectnet"), "--faces", Faces.ToString(CultureInfo.InvariantCulture), "--side", "160");
        foreach (var list in (string[])["training.csv", "validation.csv"]) File.Copy(At("affectnet/" + list), At(list));
    }

    public ValueTask DisposeAsync()
    {
        scratch.Dispose();
        return default;
    }

    [Fact]
    public async Task Demo_AsWritten_EndsWell()
    {
        var said = await ShellAsync(Line("./eyeslots demo"));
        Assert.Contains("clean generation 1 of affectnet", said, StringComparison.Ordinal);
        var (read, floor) = (Scores(said, "tiny"), Scores(said, "floor: linear"));
        Assert.Equal(2, read.Length);
        for (var output = 0; output < 2; output++) Assert.True(read[output] >= Math.Max(0.8, floor[output] + 0.1), said);
    }

    [Fact]
    public async Task Preprocess_AsWritten_CutsListsIntoABucket()
    {
        await s3.CreateBucketAsync("my-bucket");
        var said = await ShellAsync(Line("./eyeslots preprocess --annotations training.csv validation.csv"));
        Assert.Contains("generation 1 committed", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Training_AsWritten_TrainsEvaluatesPredictsAndExports()
    {
        File.Copy(At("affectnet/test.csv"), At("new.csv"));
        await EyeSlotsProgram.JsonAsync("preprocess", "--annotations", At("training.csv"), At("validation.csv"), At("affectnet/test.csv"), "--images", At("affectnet"), "--out", At("out"));
        Assert.Contains("best epoch", await ShellAsync(Line("./eyeslots train --data out --train training --validation validation --run runs/first")), StringComparison.Ordinal);
        Assert.Contains("linear", await ShellAsync(Line("./eyeslots evaluate")), StringComparison.Ordinal);
        await ShellAsync(Line("./eyeslots predict"));
        var predictions = await File.ReadAllLinesAsync(At("predictions.csv"), TestContext.Current.CancellationToken);
        Assert.Equal((await File.ReadAllLinesAsync(At("new.csv"), TestContext.Current.CancellationToken)).Length, predictions.Length);
        Assert.Contains("exported tiny", await ShellAsync(Line("./eyeslots export")), StringComparison.Ordinal);
        Assert.True(File.Exists(At("eyes.onnx")));
    }

    [Fact]
    public async Task Pandas_AsWritten_ReadsEveryCrop()
    {
        await MakePathsAsync();
        await File.WriteAllTextAsync(At("read.py"), Document.Readme.Snippet("python", "pd.concat") + "\nprint(len(faces), 'rows')\n", TestContext.Current.CancellationToken);
        Assert.Contains($"{await CropsAsync()} rows", await ShellAsync($"PYTHONPATH={Tools.PyArrow()} {Python} read.py"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Spark_AsWritten_ReadsEveryCrop()
    {
        await MakePathsAsync();
        const string session = "import json\nfrom pyspark.sql import SparkSession\nspark = SparkSession.builder.getOrCreate()\n";
        await File.WriteAllTextAsync(At("read.py"), session + Document.Readme.Snippet("python", "spark.read") + "\nprint(faces.count(), 'rows')\n", TestContext.Current.CancellationToken);
        var submit = Path.Combine(Tools.Spark(SparkVersion), "bin", "spark-submit");
        Assert.Contains($"{await CropsAsync()} rows", await ShellAsync($"PYSPARK_PYTHON={Python} {submit} --master 'local[2]' read.py"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DuckDb_AsWritten_CountsEveryCrop()
    {
        await MakePathsAsync();
        using var duck = new DuckDBConnection("DataSource=:memory:");
        duck.Open();
        using var command = duck.CreateCommand();
        command.CommandText = $"SET file_search_path = '{Folder}'; {Document.Readme.Snippet("sql", "read_parquet")}";
        using var reader = command.ExecuteReader();
        var rows = 0L;
        do
        {
            while (reader.Read()) rows += reader.FieldCount == 3 ? reader.GetInt64(1) : 0;
        }
        while (reader.NextResult());
        Assert.Equal(await CropsAsync(), rows);
    }

    private async Task MakePathsAsync()
    {
        await EyeSlotsProgram.JsonAsync("preprocess", "--annotations", At("training.csv"), At("validation.csv"), "--images", At("affectnet"), "--out", At("out"));
        await ShellAsync(Line("./eyeslots inspect --out out --paths"));
    }

    private string At(string name) => Path.Combine(Folder, name);

    private async Task<long> CropsAsync() => (await EyeSlotsProgram.JsonAsync("inspect", "--out", At("out"))).GetProperty("totals").GetProperty("rows").GetInt64();

    private static string Line(string start) => Document.Readme.CommandLines().Distinct().Single(line => (line + " ").StartsWith(start + " ", StringComparison.Ordinal));

    // Both CCC of a row of the demo's table; their intervals stand in brackets.
    private static double[] Scores(string said, string row)
    {
        var line = said.Split('\n').Single(line => line.StartsWith(row + "  ", StringComparison.Ordinal));
        return [.. Regex.Matches(line, @"(?<=  |\) )-?\d\.\d+").Select(number => double.Parse(number.Value, CultureInfo.InvariantCulture))];
    }

    /// <summary>Runs a line as a user would type it, and demands success; what it said on both outputs.</summary>
    private async Task<string> ShellAsync(string line)
    {
        using var process = EyeSlotsProgram.StartOther("sh", s3.EnvironmentVariables, "-c", $"cd \"$1\" && {line}", "sh", Folder);
        var ended = await EyeSlotsProgram.EndAsync(process);
        Assert.True(ended.ExitCode == 0, $"{line}: {ended.Output}{ended.Errors}");
        return ended.Output + ended.Errors;
    }
}
