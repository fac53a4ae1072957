using System.CommandLine;
using EyeSlots.Aws.Clusters;
using EyeSlots.Aws.Nightly;

namespace EyeSlots.Cli.Commands;

/// <summary><c>nightly remove</c>: no night from now on.</summary>
internal static class NightlyRemoveCommand
{
    public static Command Create(ConsoleProgram program) => program.Runs(
        new Command("remove", "Run nothing at night any more; ends when the schedule is gone") { AwsLine.DryRun }.WithoutStores(),
        RunAsync,
        "eyeslots nightly remove", "eyeslots nightly remove --dry-run --region eu-central-1");

    private static async Task<int> RunAsync(ParseResult parsed, Session session, CancellationToken cancellation)
    {
        using var account = new ClusterAccount(AwsLine.Open(parsed, session));
        var nights = new NightlyStack(account, new ClusterView(session, ""));
        var stack = await nights.RequireAsync(cancellation);
        if (parsed.GetValue(AwsLine.DryRun))
        {
            var ground = await ClusterBase.FindAsync(account, cancellation);
            var calls = NightlyStack.RemovalCalls(ground.ArtifactBucket).Select(call => call.ToString());
            return NightlyView.ShowPlan(session, new() { Region = account.Region, StackId = stack.StackId, Calls = [.. calls] });
        }

        await nights.RemoveAsync(stack, cancellation);
        return session.Show(new() { Region = account.Region }, CliJson.Default.NightlyReport, () => session.Terminal.Out.WriteLine("The nights are gone; what they made stays."));
    }
}
