using System.CommandLine;
using EyeSlots.Aws.Clusters;
using EyeSlots.Aws.Nightly;

namespace EyeSlots.Cli.Commands;

/// <summary><c>nightly run</c>: a night by day.</summary>
internal static class NightlyRunCommand
{
    public static Command Create(ConsoleProgram program) => program.Runs(
        new Command("run", "Start a night now and follow it; it goes on when this program is stopped") { AwsLine.DryRun }.WithoutStores(),
        RunAsync,
        "eyeslots nightly run", "eyeslots nightly run --dry-run", "eyeslots nightly run --region eu-central-1 --json");

    private static async Task<int> RunAsync(ParseResult parsed, Session session, CancellationToken cancellation)
    {
        using var account = new ClusterAccount(AwsLine.Open(parsed, session));
        var stack = await new NightlyStack(account, new ClusterView(session, "")).RequireAsync(cancellation);
        var name = Night.NewName(account.Time);
        var night = new Night(account, new ClusterView(session, name));
        if (parsed.GetValue(AwsLine.DryRun)) return NightlyView.ShowPlan(session, new() { Region = account.Region, StackId = stack.StackId, Calls = [Night.StartCall(stack, name).ToString()] });
        var report = await night.RunAsync(stack, name, cancellation);
        return session.Show(report, CliJson.Default.NightReport, () => NightlyView.Show(session, report));
    }
}
