using System.Text.Json;
using EyeSlots.Integration.Tests.Cli;
using EyeSlots.Preprocessing.Synthesis;

namespace EyeSlots.Integration.Tests.Jobs;

/// <summary>Runs of the job as a process, and what they leave.</summary>
internal static class JobRuns
{
    private static readonly Dictionary<string, string> Nothing = [];

    public static string[] Arguments(SynthSummary faces, string output, params string[] more) =>
        ["preprocess", "--annotations", .. faces.Lists, "--images", faces.ImageRoot, "--out", output, "--max-rejected", "1", .. more];

    /// <summary>Runs to the end and demands success.</summary>
    public static async Task<JsonElement> RunAsync(SynthSummary faces, string output, params string[] more) =>
        await RunAsync(Nothing, Arguments(faces, output, more));

    public static async Task<JsonElement> RunAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var result = await EyeSlotsProgram.RunAsync(environment, [.. arguments, "--json"]);
        Assert.True(result.ExitCode == 0, $"ended with {result.ExitCode}: {result.Output} {result.Errors}");
        return result.Json;
    }

    /// <summary>Shards and quarantine files with their hashes, and the content of every manifest without the run's own times.</summary>
    private static SortedDictionary<string, string> Bytes(string output)
    {
        var tree = Scratch.Tree(output, "shards", "quarantine");
        foreach (var stray in tree.Keys.Where(key => key.EndsWith(".tmp", StringComparison.Ordinal)).ToList()) tree.Remove(stray);
        foreach (var path in Directory.EnumerateFiles(Path.Combine(output, "manifests"), "*.json", SearchOption.AllDirectories))
        {
            using var manifest = JsonDocument.Parse(File.ReadAllBytes(path));
            tree[Path.GetRelativePath(output, path)] = manifest.RootElement.GetProperty("content").GetRawText();
        }

        return tree;
    }

    /// <summary>Demands that two outputs hold the same, and names what differs.</summary>
    public static void AssertSameBytes(string expected, string actual)
    {
        var (left, right) = (Bytes(expected), Bytes(actual));
        var differing = left.Keys.Union(right.Keys).Where(key => left.GetValueOrDefault(key) != right.GetValueOrDefault(key))
            .Select(key => $"{key}: {left.GetValueOrDefault(key) ?? "absent"} and {right.GetValueOrDefault(key) ?? "absent"}");
        Assert.Empty(differing);
    }

    /// <summary>Every file below a folder.</summary>
    public static string[] Files(string output) =>
        [.. Directory.EnumerateFiles(output, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(output, path)).Order(StringComparer.Ordinal)];
}
