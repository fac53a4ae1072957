using System.Globalization;
using System.Text.Json;

namespace EyeSlots.Cli.Training;

/// <summary>Shows how far a run in another process has come, by the lines that it adds to its metrics.</summary>
internal static class EpochWatch
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(500);

    /// <summary>Looks until the training has ended, and returns its result.</summary>
    public static async Task<T> WhileAsync<T>(Task<T> training, string run, int epochs, IProgress<Step> steps)
    {
        while (await Task.WhenAny(training, Task.Delay(BetweenLooks)) != training) steps.Report(Look(Path.Combine(run, "metrics.jsonl"), epochs));
        return await training;
    }

    private static Step Look(string metrics, int epochs)
    {
        var lines = File.Exists(metrics) ? WholeLines(metrics) : [];
        if (lines is []) return new("training", 0);
        using var last = JsonDocument.Parse(lines[^1]);
        var faces = last.RootElement.GetProperty("faces").GetInt64();
        return new("training on faces", lines.Length * faces, epochs * faces, $"epoch {lines.Length} of {epochs}, validation CCC {Ccc(last, "valence")} and {Ccc(last, "arousal")}");
    }

    // The last line may be half written.
    private static string[] WholeLines(string path)
    {
        using var file = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return file.ReadToEnd().Split('\n')[..^1];
    }

    private static string Ccc(JsonDocument epoch, string output) =>
        epoch.RootElement.GetProperty(output).GetProperty("ccc") is { ValueKind: JsonValueKind.Number } ccc ? ccc.GetDouble().ToString("F2", CultureInfo.InvariantCulture) : "undefined";
}
