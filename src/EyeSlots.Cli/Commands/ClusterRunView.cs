using EyeSlots.Aws.Clusters;
using EyeSlots.Aws.Costs;
using EyeSlots.Aws.Mailbox;
using EyeSlots.Core;
using Spectre.Console;

namespace EyeSlots.Cli.Commands;

/// <summary>How a run on a cluster looks: what it is going to cost, what it would call, and how it ended.</summary>
internal static class ClusterRunView
{
    /// <summary>The price of an hour.</summary>
    public static string Price(ClusterOptions options) => FormattableString.Invariant(
        $"At most {Money.Of(options.DollarsPerHour)} an hour with all machines, as if on demand in {PriceFile.Default.Region}; it ends after {options.Hours} h, so at most {Money.Of(options.DollarsPerHour * options.Hours)}.");

    /// <summary>What it is going to take.</summary>
    public static void Show(Session session, ClusterOptions options, CostEstimate? estimate)
    {
        session.Say(Price(options));
        if (estimate is null) return;
        session.Say($"{Quantity.Of(estimate.Images, "image")}, {Quantity.Bytes(estimate.Bytes)}; the {estimate.Limit.ToString().ToLowerInvariant()} limit the rate:");
        foreach (var shape in estimate.Shapes) session.Say(FormattableString.Invariant($"   {shape.Name}: {shape.Shape}, {shape.Seconds / 60:F1} min, {Money.Of(shape.Dollars)}"));
    }

    /// <summary>What a dry run would call.</summary>
    public static int ShowPlan(Session session, RunReport report) => session.Show(report, CliJson.Default.RunReport, () =>
    {
        foreach (var call in report.Calls ?? []) session.Terminal.Out.WriteLine($"would call {call}");
    });

    /// <summary>How it ended.</summary>
    /// <returns>The exit code of the job.</returns>
    public static int Show(Session session, RunReport report, ClusterOptions options, ClusterRunResult run)
    {
        var (result, error) = (run.Result, ErrorOf(run.Result));
        var whole = report with
        {
            StackId = run.StackId, Actual = RunActual.Of(options, report.Estimate, result), Job = new(result.ExitCode, result.Result), Error = error,
        };
        if (!session.AsJson && error is not null) Lines.Write(session.Terminal.Messages, $"[red]error[/] {error.Code}: {Terminal.Safe(error.Message)}");
        return session.Show(whole, CliJson.Default.RunReport, () => Show(session.Terminal, whole, RunActual.EstimatedOf(options, report.Estimate)), result.ExitCode);
    }

    private static JobError? ErrorOf(JobResult result) => result.Succeeded
        ? null
        : new(ErrorCodes.JobFailed, $"The command ended with {result.ExitCode}{(result.Error is { } error ? $" ({error.Code}: {error.Message})" : "")}; its log is above and in the mailbox. Correct it and run again: what it published stays.");

    private static void Show(Terminal terminal, RunReport report, ShapeCost? estimated)
    {
        var table = Terminal.Facts($"{report.Name}: the job {(report.Job!.ExitCode == 0 ? "succeeded" : $"failed with {report.Job.ExitCode}")}");
        table.AddRow("time", FormattableString.Invariant($"{report.Actual!.Seconds:F0} s until its end, {report.Actual.MachineSeconds:F0} s of machines"));
        if (estimated is not null) table.AddRow("estimated", Terminal.Safe(FormattableString.Invariant($"{estimated.Seconds:F0} s, {Money.Of(estimated.Dollars)}")));
        table.AddRow("cost", Terminal.Safe(Money.Of(report.Actual.Dollars)));
        foreach (var difference in report.Actual.Differences ?? []) table.AddRow("  " + Terminal.Safe(difference.Name), Terminal.Safe(Money.Difference(difference.Dollars)));
        if (report.Job.Result is { } result) table.AddRow("result", Terminal.Safe(result.ToString()));
        terminal.Results.Write(table);
    }
}
