using System.CommandLine;

namespace EyeSlots.Cli.Commands;

/// <summary><c>cluster</c>: machines of EC2 for the minutes that a job takes.</summary>
internal static class ClusterCommand
{
    public static Command Create(ConsoleProgram program)
    {
        ClusterLine.Describe(program);
        Command command = new("cluster", "Rent a cluster on EC2 for a run, see what it costs, and remove it")
        {
            ClusterPrepareCommand.Create(program),
            ClusterCostCommand.Create(program),
            ClusterUpCommand.Create(program),
            ClusterRunCommand.Create(program),
            ClusterStatusCommand.Create(program),
            ClusterDownCommand.Create(program),
        };
        return program.Groups(
            program.HidesStores(command.WithAws()),
            "eyeslots cluster prepare --spark spark-4.1.4-bin-hadoop3.tgz --jre jre-17.tar.gz",
            "eyeslots cluster run -- preprocess --annotations training.csv --images s3://faces --out s3://slots",
            "eyeslots cluster status");
    }
}
