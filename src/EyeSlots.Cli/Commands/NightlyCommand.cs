using System.CommandLine;

namespace EyeSlots.Cli.Commands;

/// <summary><c>nightly</c>: a cluster every night, without any machine of one's own.</summary>
internal static class NightlyCommand
{
    public static Command Create(ConsoleProgram program)
    {
        Command command = new("nightly", "Run a command on a cluster of EC2 every night")
        {
            NightlyInstallCommand.Create(program),
            NightlyRunCommand.Create(program),
            NightlyStatusCommand.Create(program),
            NightlyRemoveCommand.Create(program),
        };
        return program.Groups(
            program.HidesStores(command.WithAws()),
            "eyeslots nightly install --at 02:00 --time-zone Europe/Vienna -- preprocess --annotations s3://lists/training.csv --images s3://faces --out s3://slots",
            "eyeslots nightly status",
            "eyeslots nightly remove");
    }
}
