using System.CommandLine;
using EyeSlots.Core.Storage;
using EyeSlots.Training.Evaluation;
using EyeSlots.Training.Torch;

namespace EyeSlots.Trainer.Commands;

/// <summary>The part of a command line that says which models predict, and where.</summary>
internal static class ModelLine
{
    public static readonly Option<string[]> Runs = new("--run") { Description = "Folders of runs; several are averaged", HelpName = "FOLDER", Required = true, AllowMultipleArgumentsPerToken = true };

    public static readonly Option<TrainingDevice> Device = new Option<TrainingDevice>("--device")
    {
        Description = "What computes", HelpName = "auto|cpu|cuda[:N]", DefaultValueFactory = _ => default, // auto
    }.Takes(TrainingDevice.Parse, "auto, cpu, cuda or cuda:N");

    public static readonly Option<int> Threads = new("--threads") { Description = "Threads of an operation on the CPU", HelpName = "N", DefaultValueFactory = _ => TorchThreads.Usual };

    /// <summary>The folders of the runs.</summary>
    public static IReadOnlyList<string> RunsOf(ParseResult parsed) => [.. parsed.GetValue(Runs)!.Select(StorageAddress.ParseLocal)];

    /// <summary>Looks for the runs, before anything slow is done.</summary>
    public static void RequireRuns(ParseResult parsed)
    {
        TorchThreads.Validated(parsed.GetValue(Threads));
        ModelSet.RequireRuns(RunsOf(parsed));
    }

    /// <summary>Loads libtorch and the models.</summary>
    public static ModelSet Load(ParseResult parsed)
    {
        TorchThreads.Use(parsed.GetValue(Threads));
        return ModelSet.Load(RunsOf(parsed), parsed.GetValue(Device));
    }
}
