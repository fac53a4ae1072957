using System.CommandLine;
using EyeSlots.Aws.Clusters;
using EyeSlots.Aws.Costs;
using EyeSlots.Core;

namespace EyeSlots.Cli.Commands;

/// <summary><c>cluster up</c>: a cluster that stays for several jobs.</summary>
internal static class ClusterUpCommand
{
    public static Command Create(ConsoleProgram program)
    {
        Command command = new("up", "Make a cluster that takes jobs until 'down', or until its hours are over") { AwsLine.DryRun };
        foreach (var option in ClusterLine.OfCluster) command.Options.Add(option);
        return program.Runs(
            command.WithoutStores(),
            RunAsync,
            "eyeslots cluster up --name faces --workers 2-8 --hours 2", "eyeslots cluster up --name faces --workers 4 --on-demand 4 --region eu-central-1", "eyeslots cluster up --name faces --dry-run");
    }

    private static async Task<int> RunAsync(ParseResult parsed, Session session, CancellationToken cancellation)
    {
        var options = ClusterLine.Of(parsed, isTrainer: false);
        using var account = new ClusterAccount(AwsLine.Open(parsed, session));
        var view = new ClusterView(session, options.Name.ToString());
        session.Say($"Checking the account and {account.Region}.");
        var cluster = await new ClusterChecks(account).RunAsync(options, [], cancellation);
        session.Say(ClusterRunView.Price(options));
        var report = new RunReport { Name = options.Name.ToString(), Region = account.Region };
        if (parsed.GetValue(AwsLine.DryRun)) return ClusterRunView.ShowPlan(session, report with { Calls = [.. cluster.Calls(null).Select(call => call.ToString())] });
        var id = await new StandingClusters(account, view).UpAsync(cluster, view.LeaveAsync, cancellation);
        return session.Show(report with { StackId = id }, CliJson.Default.RunReport, () => session.Terminal.Out.WriteLine(
            $"The cluster {options.Name} is ready. 'eyeslots cluster run --name {options.Name} -- COMMAND' gives it a job, 'eyeslots cluster down {options.Name}' ends it."));
    }
}
