namespace EyeSlots.Training.Tests.Loading;

/// <summary>Tests that look at all threads of the process, in which no other test may run meanwhile.</summary>
[CollectionDefinition(nameof(LeftBehind), DisableParallelization = true)]
public sealed class LeftBehindTests;

/// <summary>What a loader that has ended may not leave.</summary>
internal static class LeftBehind
{
    /// <summary>Threads of loaders in this process. One that was waited for is seen by the kernel for a moment longer, which is waited too.</summary>
    public static List<string> Threads()
    {
        List<string> found = [];
        SpinWait.SpinUntil(() => (found = Now()).Count == 0, TimeSpan.FromSeconds(5));
        return found;
    }

    /// <summary>Files below a folder that this process holds open.</summary>
    public static List<string> Files(string folder) => [.. Directory.EnumerateFiles("/proc/self/fd")
        .Select(file => new FileInfo(file).LinkTarget ?? "").Where(target => target.StartsWith(folder, StringComparison.Ordinal))];

    private static List<string> Now() =>
        [.. Directory.EnumerateDirectories("/proc/self/task").Select(NameOf).Where(name => name.StartsWith("eyeslots ", StringComparison.Ordinal))];

    private static string NameOf(string thread)
    {
        try
        {
            return File.ReadAllText(Path.Combine(thread, "comm")).Trim();
        }
        catch (IOException)
        {
            return ""; // it has ended since
        }
    }
}
