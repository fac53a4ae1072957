using System.CommandLine;

namespace EyeSlots.Cli.Commands;

/// <summary><c>cluster</c>: machines of EC2 for the time of a run.</summary>
internal static class ClusterCommand
{
    public static Command Create(ConsoleProgram program)
    {
        Command command = new("cluster", "Rent a cluster on EC2 for a run, see what it costs, and remove it") { ClusterCostCommand.Create(program) };
        return program.Groups(command.WithAws(), "eyeslots cluster cost --images-count 414799 --bytes 51GB");
    }
}
