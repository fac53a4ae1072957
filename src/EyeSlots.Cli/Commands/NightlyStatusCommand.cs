using System.CommandLine;
using EyeSlots.Aws.Clusters;
using EyeSlots.Aws.Nightly;
using EyeSlots.Core;

namespace EyeSlots.Cli.Commands;

/// <summary><c>nightly status</c>: the last nights.</summary>
internal static class NightlyStatusCommand
{
    private static readonly Option<int> Nights = new("--nights") { Description = "How many nights to show", HelpName = "1-100", DefaultValueFactory = _ => 7 };

    public static Command Create(ConsoleProgram program) => program.Runs(
        new Command("status", "Show when nights begin, what they run, and how the last ones went") { Nights }.WithoutStores(),
        RunAsync,
        "eyeslots nightly status", "eyeslots nightly status --nights 30 --json");

    private static async Task<int> RunAsync(ParseResult parsed, Session session, CancellationToken cancellation)
    {
        var nights = parsed.GetValue(Nights);
        Require.Between(Nights.Name, nights, 1, 100);
        using var account = new ClusterAccount(AwsLine.Open(parsed, session));
        var stack = await new NightlyStack(account, new ClusterView(session, "")).RequireAsync(cancellation);
        var report = await new NightlyStatuses(account).ReadAsync(stack, nights, cancellation);
        return session.Show(report, CliJson.Default.NightlyStatusReport, () => NightlyView.Show(session, report));
    }
}
