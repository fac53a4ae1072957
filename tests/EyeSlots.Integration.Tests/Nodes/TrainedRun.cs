using System.Text.Json;
using EyeSlots.Integration.Tests.Cli;
using EyeSlots.Integration.Tests.Jobs;
using EyeSlots.Preprocessing.Synthesis;

namespace EyeSlots.Integration.Tests.Nodes;

/// <summary>A training run that machines mirror into a bucket, and the same run on this host, which nobody disturbs.</summary>
internal sealed class TrainedRun(Machines machines, Scratch scratch)
{
    private const string Data = "shards", Run = "run";

    // One thread, so that a host with more processors has no time to end before it is disturbed.
    private static readonly string[] Options = ["--train", "training", "--validation", "validation", "--model", "tiny", "--epochs", "20", "--threads", "1"];

    /// <summary>The job's command line.</summary>
    public static string[] Line => ["train", "--data", $"s3://slots/{Data}", "--run", $"s3://slots/{Run}", .. Options];

    private string Mirror => Path.Combine(machines.Buckets, "slots", Run);

    /// <summary>Cuts the faces on this host and puts the shards into the bucket.</summary>
    public async Task CutAsync(SynthSummary faces)
    {
        await JobRuns.RunAsync(faces, scratch[Data]);
        SameBytesTests.Copy(scratch[Data], Path.Combine(machines.Buckets, "slots", Data));
    }

    /// <summary>The names of the checkpoints that the bucket has, the newest last; their positions are in them.</summary>
    public IReadOnlyList<string> Checkpoints() =>
        [.. Files().Select(file => file.Path).Where(path => path.StartsWith("checkpoints/epoch-", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <summary>Trains on this host, undisturbed.</summary>
    public async Task TrainHereAsync()
    {
        var result = await EyeSlotsProgram.RunAsync(["train", "--data", scratch[Data], "--run", scratch[Run], .. Options, "--json"]);
        Assert.True(result.ExitCode == 0, result.Output + result.Errors);
    }

    /// <summary>Demands that the mirrored run ended with the model of the undisturbed one, byte for byte, and with its losses.</summary>
    public void AssertEndedLikeUndisturbed()
    {
        foreach (var (path, sha256) in Files()) Place(path, sha256);
        Assert.Equal(Scratch.Tree(scratch[Run], "best"), Scratch.Tree(scratch["mirrored"], "best"));
        Assert.Equal(Losses(scratch[Run]), Losses(scratch["mirrored"]));
    }

    private List<(string Path, string Sha256)> Files()
    {
        var list = Path.Combine(Mirror, "mirror.json");
        if (!File.Exists(list)) return [];
        using var mirror = JsonDocument.Parse(File.ReadAllBytes(list));
        return [.. mirror.RootElement.GetProperty("files").EnumerateArray().Select(file => (file.GetProperty("path").GetString()!, file.GetProperty("sha256").GetString()!))];
    }

    private void Place(string path, string sha256)
    {
        var to = Path.Combine(scratch["mirrored"], path);
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Copy(Path.Combine(Mirror, "files", sha256), to);
    }

    private static string[] Losses(string run) =>
        [.. File.ReadLines(Path.Combine(run, "metrics.jsonl")).Select(line => JsonDocument.Parse(line).RootElement).Select(epoch => $"{epoch.GetProperty("trainingLoss")} {epoch.GetProperty("validationLoss")}")];
}
