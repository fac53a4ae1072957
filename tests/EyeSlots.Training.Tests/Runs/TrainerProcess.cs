using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using EyeSlots.Integration.Tests.Cli;
using EyeSlots.Training.Runs;

namespace EyeSlots.Training.Tests.Runs;

/// <summary>The trainer as a process, as users start it, and what it leaves behind.</summary>
internal static partial class TrainerProcess
{
    public const int Interrupt = 2, Terminate = 15;

    /// <summary>Starts it; it hears Ctrl-C.</summary>
    public static Process Start(params string[] line) => Start(new Dictionary<string, string>(), line);

    public static Process Start(IReadOnlyDictionary<string, string> environment, params string[] line) =>
        EyeSlotsProgram.StartOther("env", environment, ["--default-signal=INT", EyeSlotsProgram.Trainer, .. line]);

    /// <summary>Runs it to its end.</summary>
    public static async Task<ProgramResult> RunAsync(params string[] line)
    {
        using var process = Start(line);
        return await EyeSlotsProgram.EndAsync(process);
    }

    /// <summary>Runs it to its end, which must be good.</summary>
    public static async Task<ProgramResult> SucceedAsync(params string[] line)
    {
        var result = await RunAsync(line);
        Assert.True(result.ExitCode == 0, result.Output + result.Errors);
        return result;
    }

    /// <summary>Waits until something is so, or the process has ended.</summary>
    /// <returns>Whether it was so before the end.</returns>
    public static bool WaitFor(Process process, Func<bool> isSo)
    {
        while (!process.HasExited)
        {
            if (isSo()) return true;
            Thread.Yield();
        }

        return false;
    }

    /// <summary>Whether a folder of a run holds a file of a pattern.</summary>
    public static bool Has(string folder, string pattern) => Directory.Exists(folder) && Directory.EnumerateFiles(folder, pattern).Any();

    /// <summary>The losses and the mean CCC of each epoch, as the run's file has them.</summary>
    public static IReadOnlyList<(double Training, double? Validation, double? Ccc)> Losses(string run) =>
        [.. MetricsLog.Read(Path.Combine(run, "metrics.jsonl")).Select(epoch => (epoch.TrainingLoss, epoch.ValidationLoss, epoch.MeanCcc))];

    /// <summary>Demands a failure with a code and a text, and one object on stdout that says so.</summary>
    public static void AssertFailed(ProgramResult result, string code, string text, int exitCode = 1)
    {
        Assert.True(result.ExitCode == exitCode, $"ended with {result.ExitCode}: {result.Output}{result.Errors}");
        Assert.Equal(1, result.Output.Count(sign => sign == '\n'));
        var error = JsonDocument.Parse(result.Output).RootElement.GetProperty("error");
        Assert.Equal(code, error.GetProperty("code").GetString());
        Assert.Contains(text, error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    /// <summary>Copies a folder with all below it.</summary>
    public static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    public static partial int Signal(int process, int signal);
}
