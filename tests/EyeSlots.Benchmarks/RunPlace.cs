namespace EyeSlots.Benchmarks;

/// <summary>Where a run of the program reads and writes, and what it runs in.</summary>
/// <param name="Images">The image root.</param>
/// <param name="Output">The dataset root.</param>
/// <param name="Environment">Variables of the program.</param>
/// <param name="Launcher">Words before its command.</param>
internal sealed record RunPlace(string Images, string Output, IReadOnlyDictionary<string, string> Environment, IReadOnlyList<string> Launcher)
{
    /// <summary>A run in folders of this machine.</summary>
    public static RunPlace OnFolders(string images, Scratch output) => new(images, output.Folder, new Dictionary<string, string>(), []);

    /// <summary>Likewise, with a Spark server.</summary>
    public RunPlace WithServer(string remote) => this with { Environment = new Dictionary<string, string>(Environment) { ["SPARK_REMOTE"] = remote } };
}
