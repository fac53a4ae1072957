using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using EyeSlots.Training.Torch;
using Microsoft.Extensions.Logging;

namespace EyeSlots.Training.Runs;

/// <summary>The machine that a run is on, and the versions of what computes.</summary>
internal static class RunSurroundings
{
    private const string ProcessorFile = "/proc/cpuinfo", ModelField = "model name";

    /// <summary>The version of this program.</summary>
    public static string Program => VersionOf(typeof(RunSurroundings).Assembly);

    /// <summary>This machine.</summary>
    public static RunMachine Machine(TrainingOptions options, TrainingDevice device) => new(
        device.Text, options.Loader.Workers, options.Loader.Cache, options.Loader.CacheBytes, options.CheckpointEvery, Processor(), Instructions(), Environment.ProcessorCount, Environment.MachineName);

    /// <summary>The versions in this process. Loads libtorch.</summary>
    public static RunVersions Versions() => new(
        Program, LibTorch.Load().Version.ToString(), VersionOf(typeof(TorchSharp.torch).Assembly), RuntimeInformation.FrameworkDescription);

    /// <summary>Says where a run that goes on may end with other last digits than an undisturbed one.</summary>
    public static void WarnOfChange(RunConfig before, RunConfig now, ILogger log)
    {
        if (before.Versions != now.Versions) log.LogWarning("The run was begun with {Before}, and goes on with {Now}: its weights may get other last digits.", before.Versions, now.Versions);
        if (before.Machine.Instructions != now.Machine.Instructions || before.Machine.Device != now.Machine.Device)
            log.LogWarning("The run was begun on {Before}, and goes on on {Now}: its weights may get other last digits.", Name(before.Machine), Name(now.Machine));
    }

    private static string Name(RunMachine machine) => $"{machine.Device} ({machine.Processor}, {machine.Instructions})";

    private static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? assembly.GetName().Version?.ToString() ?? "unknown";

    private static string Processor() =>
        File.Exists(ProcessorFile) && File.ReadLines(ProcessorFile).FirstOrDefault(line => line.StartsWith(ModelField, StringComparison.Ordinal)) is { } line
            ? line[(line.IndexOf(':') + 1)..].Trim()
            : RuntimeInformation.ProcessArchitecture.ToString();

    // The widest vectors that libtorch and its mathematics choose their code by.
    private static string Instructions() => Avx512F.IsSupported ? "avx512" : Avx2.IsSupported ? "avx2" : "sse";
}
