using System.Diagnostics;
using EyeSlots.Integration.Tests;
using EyeSlots.Training.Tests.Tools;

namespace EyeSlots.Training.Tests.Torch;

/// <summary>TorchSharp's native part, changed so that it loads beside an older libstdc++.</summary>
public sealed class WeakenedLibraryTests : IDisposable
{
    private static readonly string Script = Path.Combine(SharedFolder.Repository, "src", "EyeSlots.Training", "native", "weaken-libstdcxx.sh");
    private static readonly string Built = Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so");
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void Built_NamesTheVersionThatDebian12LacksAsWeak() =>
        Assert.Contains("Name: GLIBCXX_3.4.32  Flags: WEAK", Run("readelf", "-V", Built), StringComparison.Ordinal);

    [Fact]
    public void Weaken_OfALibraryThatIsNotWeak_ChangesThatBitAlone()
    {
        var strong = File.ReadAllBytes(Built);
        var at = WeakFlagOf(strong);
        strong[at] = 0;
        File.WriteAllBytes(scratch["strong.so"], strong);
        Run(Script, scratch["strong.so"], scratch["weak.so"]);
        Assert.Equal(File.ReadAllBytes(Built), File.ReadAllBytes(scratch["weak.so"]));
    }

    [Fact]
    public void Weaken_OfALibraryWithoutThatVersion_ChangesNothing()
    {
        CompiledLibrary.Make(scratch["other.so"], "int answer(void) { return 42; }");
        Run(Script, scratch["other.so"], scratch["copy.so"]);
        Assert.Equal(File.ReadAllBytes(scratch["other.so"]), File.ReadAllBytes(scratch["copy.so"]));
    }

    /// <summary>Where the flag of the version stands.</summary>
    private int WeakFlagOf(byte[] library)
    {
        var lines = Run("readelf", "-V", Built).Split('\n');
        var section = lines.SkipWhile(line => !line.StartsWith("Version needs section", StringComparison.Ordinal)).First(line => line.Contains("Offset:", StringComparison.Ordinal));
        var entry = lines.Single(line => line.Contains("GLIBCXX_3.4.32", StringComparison.Ordinal) && line.Contains("Flags:", StringComparison.Ordinal));
        var at = Number(section.Split("Offset:")[1].Trim().Split(' ')[0]) + Number(entry.Trim().Split(':')[0]) + 4;
        Assert.Equal(2, library[at]);
        return at;
    }

    private static int Number(string text) => Convert.ToInt32(text, 16);

    private static string Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, Environment = { ["LC_ALL"] = "C" } };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
