using EyeSlots.Core;
using EyeSlots.Core.Storage;

namespace EyeSlots.Cli.Training;

/// <summary>What <c>doctor</c> says of the trainer: the trainer itself knows libtorch and devices, and is asked.</summary>
internal static class TrainerCheck
{
    private const string Check = "training";

    /// <summary>Asks it. That there is none is no failure: who only cuts needs none.</summary>
    public static async Task<IReadOnlyList<ProbeResult>> RunAsync(CancellationToken cancellation)
    {
        if (TrainerProgram.FindOrNull() is not { } path) return [new(Check, true, $"not built, and nothing but {TrainerCommands.Names} needs it. {TrainerProgram.HowToGet}")];
        try
        {
            var found = await TrainerProcess.RunAsync(["doctor"], CliJson.Default.CheckReport, cancellation);
            return [new(Check, true, path), .. found.Checks.Select(check => check with { Check = $"{Check}: {check.Check}" })];
        }
        catch (EyeSlotsException error)
        {
            return [new(Check, false, error.Message)];
        }
    }
}
