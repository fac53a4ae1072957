using System.CommandLine;
using EyeSlots.Aws.Clusters;
using EyeSlots.Aws.Costs;
using EyeSlots.Aws.Mailbox;

namespace EyeSlots.Cli.Commands;

/// <summary><c>cluster down</c>: ends a cluster.</summary>
internal static class ClusterDownCommand
{
    private static readonly Argument<string> Name = new("NAME") { Description = "Name of the cluster" };

    public static Command Create(ConsoleProgram program) => program.Runs(
        new Command("down", "Delete a cluster, and end when it is gone") { Name, AwsLine.DryRun }.WithoutStores(),
        RunAsync,
        "eyeslots cluster down faces", "eyeslots cluster down faces --dry-run");

    private static async Task<int> RunAsync(ParseResult parsed, Session session, CancellationToken cancellation)
    {
        var name = ClusterName.Parse(parsed.GetValue(Name)!);
        using var account = new ClusterAccount(AwsLine.Open(parsed, session));
        if (parsed.GetValue(AwsLine.DryRun))
        {
            var there = await new ClusterStatuses(account).OneAsync(name, cancellation);
            var planned = new RunReport { Name = there.Name, StackId = there.StackId, Region = there.Region, Calls = [PlannedCall.Delete(name.StackName).ToString()] };
            return session.Show(planned, CliJson.Default.RunReport, () => session.Terminal.Out.WriteLine($"would call {planned.Calls[0]}"));
        }

        session.Say($"Deleting the cluster {name}.");
        var id = await new StandingClusters(account, new ClusterView(session, name.ToString())).DownAsync(name, cancellation);
        var report = new RunReport { Name = name.ToString(), StackId = id, Region = account.Region };
        return session.Show(report, CliJson.Default.RunReport, () => session.Terminal.Out.WriteLine($"The cluster {name} is gone."));
    }
}
