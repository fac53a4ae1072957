
namespace EyeSlots.Benchmarks;

/// <summary>The program compiled ahead of time, as users run it: EYESLOTS_PROGRAM names it, else it is the repository's own, built anew where it is out of date.</summary>
internal static class CompiledProgram
{
    private static readonly Lazy<string> Found = new(() => Environment.GetEnvironmentVariable("EYESLOTS_PROGRAM") is { Length: > 0 } named ? named : Built());

    public static string Path => Found.Value;

    // The script in front of it builds it, and is not measured.
    private static string Built()
    {
        Execution.Of(System.IO.Path.Combine(SharedFolder.Repository, "eyeslots"), ["--help"]);
        return System.IO.Path.Combine(SharedFolder.Repository, "artifacts", "program", "eyeslots");
    }
}
