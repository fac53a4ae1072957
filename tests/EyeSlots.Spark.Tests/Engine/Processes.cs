using System.Diagnostics;
using System.Globalization;

namespace EyeSlots.Spark.Tests.Engine;

/// <summary>Processes of a cluster, found by what they run and where.</summary>
internal static class Processes
{
    /// <summary>Our workers whose program lies below a folder.</summary>
    public static List<int> Workers(string folder) => Find(id => Executable(id) is { } path && path.StartsWith(folder, StringComparison.Ordinal) && Path.GetFileName(path) == "worker");

    /// <summary>JVMs of executors whose working folder lies below a folder.</summary>
    public static List<int> Executors(string folder) => Find(id =>
        CommandLine(id).Contains("CoarseGrainedExecutorBackend", StringComparison.Ordinal) && Link(id, "cwd")?.StartsWith(folder, StringComparison.Ordinal) == true);

    /// <summary>The arguments of every process of this machine, as a process list shows them.</summary>
    public static string AllCommandLines() => string.Join('\n', Find(_ => true).Select(CommandLine));

    public static void Kill(int id) => Signal(id, "KILL");

    public static void Signal(int id, string name) =>
        Process.Start("kill", [$"-{name}", id.ToString(CultureInfo.InvariantCulture)])!.WaitForExit();

    private static List<int> Find(Func<int, bool> wanted) =>
        [.. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _)).Select(name => int.Parse(name!, CultureInfo.InvariantCulture)).Where(wanted)];

    private static string? Executable(int id) => Link(id, "exe");

    private static string? Link(int id, string name)
    {
        try
        {
            return new FileInfo($"/proc/{id}/{name}").LinkTarget;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string CommandLine(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline").Replace('\0', ' ');
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
