using System.CommandLine;
using EyeSlots.Aws.Clusters;
using EyeSlots.Aws.Costs;
using EyeSlots.Aws.Mailbox;
using EyeSlots.Core;
using Spectre.Console;

namespace EyeSlots.Cli.Commands;

/// <summary><c>cluster status</c>: the clusters of a region.</summary>
internal static class ClusterStatusCommand
{
    private static readonly Argument<string?> Name = new("NAME") { Description = "Name of a cluster; all when left out", Arity = ArgumentArity.ZeroOrOne };

    public static Command Create(ConsoleProgram program) => program.Runs(
        new Command("status", "Show every cluster of a region, overdue ones first") { Name }.WithoutStores(),
        RunAsync,
        "eyeslots cluster status", "eyeslots cluster status faces --region eu-central-1", "eyeslots cluster status --json");

    private static async Task<int> RunAsync(ParseResult parsed, Session session, CancellationToken cancellation)
    {
        ClusterName? name = parsed.GetValue(Name) is { } text ? ClusterName.Parse(text) : null;
        using var account = new ClusterAccount(AwsLine.Open(parsed, session));
        var statuses = new ClusterStatuses(account);
        IReadOnlyList<ClusterReport> clusters = name is { } one ? [await statuses.OneAsync(one, cancellation)] : await statuses.AllAsync(cancellation);
        return session.Show(clusters, CliJson.Default.IReadOnlyListClusterReport, () => Show(session, clusters, account.Region));
    }

    private static void Show(Session session, IReadOnlyList<ClusterReport> clusters, string region)
    {
        if (clusters.Count == 0) session.Terminal.Out.WriteLine($"There is no cluster in {region}.");
        foreach (var cluster in clusters)
        {
            var table = Terminal.Facts(cluster.Overdue ? $"{cluster.Name}: OVERDUE, end it with 'eyeslots cluster down {cluster.Name}'" : cluster.Name);
            table.AddRow("stack", Terminal.Safe(cluster.Status));
            table.AddRow("phase", cluster.Phase is { } phase ? ClusterView.Word(phase) : "nothing said yet");
            if (cluster.Workers is { } workers) table.AddRow("workers", Quantity.Number(workers));
            if (cluster.Job is { } job) table.AddRow("job", $"{job}{(cluster.Progress is { } progress ? $": {Terminal.Safe(progress)}" : "")}");
            table.AddRow("age", $"{Text(cluster.Age)}{(cluster.Lifetime is { } lifetime ? $" of {Text(lifetime)}" : "")}");
            table.AddRow("so far", $"{Money.Of(cluster.Actual.Dollars)} at most, {Text(cluster.Actual.MachineSeconds)} of machines");
            session.Terminal.Results.Write(table);
        }
    }

    private static string Text(double seconds) => TimeSpan.FromSeconds(seconds).ToString("g", System.Globalization.CultureInfo.InvariantCulture);
}
