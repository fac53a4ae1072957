using System.Text.Json.Nodes;
using EyeSlots.Core;
using EyeSlots.Training.Optimization;

namespace EyeSlots.Training.Runs;

/// <summary>Holds the options of a resume against those that the run was started with.</summary>
internal static class RunMismatch
{
    /// <summary>Demands the same settings; more epochs are allowed where no schedule depends on their number.</summary>
    /// <param name="there">Of the run's configuration.</param>
    /// <param name="here">Of the command line.</param>
    /// <exception cref="EyeSlotsException">run-mismatch: which option, here and there.</exception>
    public static void Refuse(RunSettings there, RunSettings here)
    {
        if (here.Epochs > there.Epochs && here.Optimization.Schedule == ScheduleKind.Constant) there = there with { Epochs = here.Epochs };
        foreach (var (before, now) in RunOptions.Of(there).Zip(RunOptions.Of(here)))
        {
            if (!JsonNode.DeepEquals(before.Value, now.Value)) throw Differs(now.Option, RunOptions.Show(before.Value), RunOptions.Show(now.Value));
        }
    }

    /// <summary>Demands the same dataset and, where one is asked for, generation.</summary>
    public static void Refuse(RunSource there, string dataset, int? generation)
    {
        if (dataset != there.Dataset) throw Differs("--dataset", there.Dataset, dataset);
        if (generation is { } asked && asked != there.Generation) throw Differs("--generation", there.Generation, asked);
    }

    private static EyeSlotsException Differs(string option, object there, object here) => new(
        ErrorCodes.RunMismatch, FormattableString.Invariant($"The run was started with {option} {there}, not {here}; resume it with its own options, or begin another run in another folder."));
}
