using System.Text.Json;

namespace EyeSlots.Benchmarks;

/// <summary>A run of the published program into an empty folder or prefix, verified after it.</summary>
/// <param name="Seconds">The whole process from start to exit, without the start of a Spark session.</param>
/// <param name="SessionSeconds">That start: connecting and uploading; 0 for the local engine.</param>
/// <param name="Made">What it made, for comparison with others on the same faces.</param>
/// <param name="Timeline">Where its time went.</param>
internal sealed record EyeSlotsRun(double Seconds, double SessionSeconds, string Made, RunTimeline Timeline)
{
    private const string WorkerVariable = "EYESLOTS_SPARK_WORKER";
    private static readonly Lazy<string> Worker = new(() => Environment.GetEnvironmentVariable(WorkerVariable) is { Length: > 0 } named ? named : Packed());

    /// <summary>Two threads of the process.</summary>
    public static EyeSlotsRun Local(IEnumerable<string> lists, string images)
    {
        using var output = new Scratch();
        return At(RunPlace.OnFolders(images, output), lists, ["--workers", "2"]);
    }

    /// <summary>The cores of a cluster.</summary>
    public static EyeSlotsRun OnSpark(IEnumerable<string> lists, string images, string remote)
    {
        using var output = new Scratch();
        return At(RunPlace.OnFolders(images, output).WithServer(remote), lists, ["--engine", "spark"]);
    }

    /// <summary>Runs it somewhere, with options of its engine.</summary>
    public static EyeSlotsRun At(RunPlace place, IEnumerable<string> lists, string[] engine)
    {
        using var logs = new Scratch();
        var log = Path.Combine(logs.Folder, "log");
        var begun = DateTimeOffset.UtcNow;
        var run = Execute(place, ["preprocess", "--annotations", .. lists, "--images", place.Images, "--out", place.Output, .. engine, "--json", "--log-file", log]);
        var timeline = RunTimeline.Read(log, begun, DateTimeOffset.UtcNow);
        Execute(place with { Launcher = [] }, ["verify", "--out", place.Output, "--json"]);
        using var json = JsonDocument.Parse(run.Output);
        var session = json.RootElement.TryGetProperty("sessionSeconds", out var seconds) ? seconds.GetDouble() : 0;
        string[] told = ["faces", "rows", "shards", "shardsMade", "bytesThere", "bytesWritten"];
        return new(
            run.Seconds - session, session,
            string.Join(", ", told.Select(name => $"{name} {json.RootElement.GetProperty(name)}")), timeline);
    }

    /// <summary>Demands that two runs on the same faces made the same.</summary>
    public static void RequireSame(EyeSlotsRun one, EyeSlotsRun other)
    {
        if (one.Made != other.Made) throw new InvalidOperationException($"The runs made different things: {one.Made}; {other.Made}.");
    }

    // Not in a run that is timed.
    private static string Packed()
    {
        var folder = Path.Combine(SharedFolder.Repository, "artifacts", "worker");
        Execution.Of(Path.Combine(SharedFolder.Repository, "build", "pack-worker.sh"), [folder]);
        return Path.Combine(folder, "worker.tar");
    }

    private static Execution Execute(RunPlace place, string[] arguments)
    {
        string[] words = [.. place.Launcher, CompiledProgram.Path, .. arguments];
        return Execution.Of(words[0], words[1..], new(place.Environment) { [WorkerVariable] = Worker.Value });
    }
}
