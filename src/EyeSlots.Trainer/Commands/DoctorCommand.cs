using System.CommandLine;
using EyeSlots.Core.Storage;
using EyeSlots.Training.Optimization;
using EyeSlots.Training.Torch;

namespace EyeSlots.Trainer.Commands;

/// <summary><c>doctor</c>: what <c>eyeslots doctor</c> asks this program for; users call it there.</summary>
internal static class DoctorCommand
{
    public static Command Create(ConsoleProgram program) => program.Runs(
        new Command("doctor", "Check libtorch, devices and a training step") { Hidden = true },
        (_, session, _) => Task.FromResult(CheckReport.Show(session, Checks())),
        "eyeslots doctor");

    private static IReadOnlyList<ProbeResult> Checks() =>
        TorchCheck.Run() is var checks && checks.All(check => check.Passed) ? [.. checks, OptimizerCheck.Run()] : checks;
}
