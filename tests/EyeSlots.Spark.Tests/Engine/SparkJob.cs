using System.Diagnostics;
using System.Text.Json;
using EyeSlots.Integration.Tests.Cli;
using EyeSlots.Integration.Tests.Jobs;
using EyeSlots.Preprocessing.Synthesis;

namespace EyeSlots.Spark.Tests.Engine;

/// <summary>The program with <c>--engine spark</c> against a server.</summary>
internal static class SparkJob
{
    /// <summary>The packed worker that <c>./test</c> builds.</summary>
    public static string WorkerArchive { get; } = Path.GetFullPath(Path.Combine(SharedFolder.Repository, "artifacts", "worker", "worker.tar"));

    public static Dictionary<string, string> Environment(string remote) => new() { ["SPARK_REMOTE"] = remote, ["EYESLOTS_SPARK_WORKER"] = WorkerArchive };

    /// <summary>Runs to the end and demands success.</summary>
    public static Task<JsonElement> RunAsync(string remote, SynthSummary faces, string output, params string[] more) =>
        JobRuns.RunAsync(Environment(remote), JobRuns.Arguments(faces, output, ["--engine", "spark", .. more]));

    public static Process Start(string remote, SynthSummary faces, string output) =>
        EyeSlotsProgram.Start(Environment(remote), [.. JobRuns.Arguments(faces, output, "--engine", "spark"), "--json"]);

    /// <summary>Waits until so many shards are there, so that what follows happens in the middle of the run.</summary>
    public static async Task UntilShardsAsync(string output, int count)
    {
        var folder = Path.Combine(output, "shards");
        for (var tries = 0; tries < 1200; tries++)
        {
            if (Directory.Exists(folder) && Directory.EnumerateFiles(folder, "*.parquet").Count() >= count) return;
            await Task.Delay(25, TestContext.Current.CancellationToken);
        }

        Assert.Fail($"There were no {count} shards in time.");
    }

    /// <summary>Demands the bytes of the local engine, and a clean generation.</summary>
    public static async Task AssertSameAsync(string expected, string output)
    {
        JobRuns.AssertSameBytes(expected, output);
        var verified = await EyeSlotsProgram.JsonAsync("verify", "--out", output);
        Assert.True(verified.GetProperty("clean").GetBoolean(), verified.ToString());
    }
}
