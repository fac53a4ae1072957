using System.CommandLine;
using EyeSlots.Aws.Clusters;
using EyeSlots.Aws.CloudFormation.Model;
using EyeSlots.Aws.Costs;

namespace EyeSlots.Cli.Commands;

/// <summary><c>cluster run</c>: a job on a cluster that is there, or on one that is there for it alone.</summary>
internal static class ClusterRunCommand
{
    public static Command Create(ConsoleProgram program)
    {
        Command command = new("run", "Run a command on a cluster: on the one of the name, else on one that is made for it and deleted") { JobWords.Argument, AwsLine.DryRun };
        foreach (var option in ClusterLine.OfJob) command.Options.Add(option);
        return program.Runs(
            command.WithoutStores(),
            RunAsync,
            "eyeslots cluster run -- preprocess --annotations training.csv --images s3://faces --out s3://slots",
            "eyeslots cluster run --workers 0 --hours 1 -- verify --out s3://slots",
            "eyeslots cluster run --name faces --dry-run -- preprocess --annotations s3://lists/training.csv --images s3://faces --out s3://slots",
            "eyeslots cluster run --trainer-type g5.xlarge -- train --data s3://slots --train training --validation validation --run s3://slots/runs/1");
    }

    private static async Task<int> RunAsync(ParseResult parsed, Session session, CancellationToken cancellation)
    {
        var line = JobLine.Parse(JobWords.Of(parsed));
        var options = ClusterLine.Of(parsed, line.NeedsTrainer);
        using var account = new ClusterAccount(AwsLine.Open(parsed, session));
        var view = new ClusterView(session, options.Name.ToString()) { HasJob = true };
        var run = new ClusterRun(account, view, view.LeaveAsync);
        var report = new RunReport { Name = options.Name.ToString(), Region = account.Region };
        if (await run.FindAsync(options.Name, cancellation) is { } stack) return await OnGivenAsync(parsed, session, run, options, stack, line, report, cancellation);

        session.Say($"Checking the account and {account.Region}.");
        var cluster = await new ClusterChecks(account).RunAsync(options, line, cancellation);
        var estimate = await new RunEstimate(account).OfAsync(options, line, cancellation);
        ClusterRunView.Show(session, options, estimate);
        report = report with { Estimate = estimate };
        if (parsed.GetValue(AwsLine.DryRun)) return ClusterRunView.ShowPlan(session, report with { Calls = [.. cluster.Calls(line).Select(call => call.ToString())] });
        return ClusterRunView.Show(session, report, options, await run.OnOwnAsync(cluster, line, cancellation));
    }

    private static async Task<int> OnGivenAsync(
        ParseResult parsed, Session session, ClusterRun run, ClusterOptions options, Stack stack, JobLine line, RunReport report, CancellationToken cancellation)
    {
        session.Say($"The cluster {options.Name} is there; it takes the job.");
        if (parsed.GetValue(AwsLine.DryRun)) return ClusterRunView.ShowPlan(session, report with { StackId = stack.StackId, Calls = [.. (await run.CallsAsync(options.Name, line, cancellation)).Select(call => call.ToString())] });
        return ClusterRunView.Show(session, report, ClusterOptions.Of(options.Name, stack), await run.OnGivenAsync(options.Name, stack, line, cancellation));
    }
}
