using System.CommandLine;
using EyeSlots.Aws.Clusters;
using EyeSlots.Aws.Mailbox;
using EyeSlots.Aws.Nightly;

namespace EyeSlots.Cli.Commands;

/// <summary><c>nightly install</c>: from tonight on.</summary>
internal static class NightlyInstallCommand
{
    private static readonly Option<TimeOnly> At = new Option<TimeOnly>("--at")
    {
        Description = "When a night begins", HelpName = "HH:MM", DefaultValueFactory = _ => new(2, 0),
    }.Takes(NightlyOptions.ParseTime, "a time of the day such as 02:00");

    private static readonly Option<string> TimeZone = new("--time-zone") { Description = "The time zone of --at", HelpName = "NAME", DefaultValueFactory = _ => "UTC" };

    public static Command Create(ConsoleProgram program)
    {
        Command command = new("install", "Run a command every night, or another one than before; a night on which nothing changed starts no worker") { JobWords.Argument, At, TimeZone, AwsLine.DryRun };
        foreach (var option in ClusterLine.OfNight) command.Options.Add(option);
        return program.Runs(
            command.WithoutStores(),
            RunAsync,
            "eyeslots nightly install -- preprocess --annotations s3://lists/training.csv --images s3://faces --out s3://slots",
            "eyeslots nightly install --at 23:30 --time-zone America/Denver --workers 0 --hours 2 -- verify --out s3://slots",
            "eyeslots nightly install --dry-run -- verify --out s3://slots");
    }

    private static async Task<int> RunAsync(ParseResult parsed, Session session, CancellationToken cancellation)
    {
        var words = JobWords.Of(parsed);
        var options = new NightlyOptions
        {
            At = parsed.GetValue(At), TimeZone = parsed.GetValue(TimeZone)!, Cluster = ClusterLine.OfEveryNight(parsed), Job = JobRequest.Of(words),
        }.Validated();
        using var account = new ClusterAccount(AwsLine.Open(parsed, session));
        var nights = new NightlyStack(account, new ClusterView(session, ""));
        session.Say($"Checking the account and {account.Region}.");
        var plan = await nights.CheckAsync(options, JobLine.Parse(words).Buckets, cancellation);
        session.Say(ClusterRunView.Price(options.Cluster));
        var report = new NightlyReport { Region = account.Region };
        if (parsed.GetValue(AwsLine.DryRun))
        {
            var isThere = await nights.FindAsync(cancellation) is not null;
            return NightlyView.ShowPlan(session, report with { Calls = [.. plan.Calls(isThere).Select(call => call.ToString())] });
        }

        var stack = await nights.InstallAsync(plan, cancellation);
        return session.Show(report with { StackId = stack.StackId }, CliJson.Default.NightlyReport, () => session.Terminal.Out.WriteLine(
            $"Every night at {options.At:HH:mm} ({options.TimeZone}). 'eyeslots nightly run' starts one now, 'eyeslots nightly status' shows the last ones."));
    }
}
