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

    /// <summary>Looks for the runs, before anything slow is done.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="runs">The option that names them, where it is not <see cref="Runs"/>.</param>
    public static void RequireRuns(ParseResult parsed, Option<string[]>? runs = null)
    {
        TorchThreads.Validated(parsed.GetValue(Threads));
        ModelSet.RequireRuns(FoldersOf(parsed, runs));
    }

    /// <summary>Loads libtorch and the models.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="runs">The option that names the runs, where it is not <see cref="Runs"/>.</param>
    public static ModelSet Load(ParseResult parsed, Option<string[]>? runs = null)
    {
        TorchThreads.Use(parsed.GetValue(Threads));
        return ModelSet.Load(FoldersOf(parsed, runs), parsed.GetValue(Device));
    }

    private static string[] FoldersOf(ParseResult parsed, Option<string[]>? runs) => [.. parsed.GetValue(runs ?? Runs)!.Select(StorageAddress.ParseLocal)];
}
