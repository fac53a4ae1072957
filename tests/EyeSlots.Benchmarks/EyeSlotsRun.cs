using System.Text.Json;
using EyeSlots.Spark.Tests;

namespace EyeSlots.Benchmarks;

/// <summary>A run of the published program into an empty folder, verified after it.</summary>
/// <param name="Seconds">The whole process from start to exit, without the start of a Spark session.</param>
/// <param name="SessionSeconds">That start: connecting and uploading; 0 for the local engine.</param>
/// <param name="Made">What it made, for comparison with others on the same faces.</param>
internal sealed record EyeSlotsRun(double Seconds, double SessionSeconds, string Made)
{
    private static readonly Lazy<string> Script = new(() => Built(Path.Combine(SharedFolder.Repository, "eyeslots")));

    /// <summary>Two threads of the process.</summary>
    public static EyeSlotsRun Local(IEnumerable<string> lists, string images) => Of(CompiledProgram.Path, lists, images, ["--workers", "2"], []);

    /// <summary>The cores of a cluster.</summary>
    public static EyeSlotsRun OnSpark(IEnumerable<string> lists, string images, string remote) =>
        Of(Script.Value, lists, images, ["--engine", "spark"], new() { ["SPARK_REMOTE"] = remote });

    /// <summary>Demands that two runs on the same faces made the same.</summary>
    public static void RequireSame(EyeSlotsRun one, EyeSlotsRun other)
    {
        if (one.Made != other.Made) throw new InvalidOperationException($"The runs made different things: {one.Made}; {other.Made}.");
    }

    // It builds itself and the worker when their source has changed: not in a run that is timed.
    private static string Built(string program)
    {
        Execution.Of(program, ["--help"]);
        return program;
    }

    private static EyeSlotsRun Of(string program, IEnumerable<string> lists, string images, string[] engine, Dictionary<string, string> environment)
    {
        using var output = new Scratch();
        var run = Execution.Of(program, ["preprocess", "--annotations", .. lists, "--images", images, "--out", output.Folder, .. engine, "--json"], environment);
        Execution.Of(program, ["verify", "--out", output.Folder, "--json"]);
        using var json = JsonDocument.Parse(run.Output);
        var session = json.RootElement.TryGetProperty("sessionSeconds", out var seconds) ? seconds.GetDouble() : 0;
        string[] told = ["faces", "rows", "shards", "shardsMade", "bytesThere", "bytesWritten"];
        return new(run.Seconds - session, session, string.Join(", ", told.Select(name => $"{name} {json.RootElement.GetProperty(name)}")));
    }
}
