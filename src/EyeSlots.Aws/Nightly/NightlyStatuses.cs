using EyeSlots.Aws.CloudFormation.Model;
using EyeSlots.Aws.Clusters;
using EyeSlots.Aws.Mailbox;
using EyeSlots.Aws.Services;
using EyeSlots.Core.Storage;

namespace EyeSlots.Aws.Nightly;

/// <summary>How the nights stand, and how the last ones went.</summary>
/// <param name="account">The account.</param>
public sealed class NightlyStatuses(ClusterAccount account)
{
    private readonly StepFunctionsClient machines = new(account.Access);

    /// <summary>Asks for them.</summary>
    /// <param name="stack">The nights' stack.</param>
    /// <param name="nights">How many nights at most, 1 to 100.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<NightlyStatusReport> ReadAsync(Stack stack, int nights, CancellationToken cancellation = default)
    {
        var executions = await machines.ListExecutionsAsync(NightlyStack.MachineOf(stack), nights, cancellation).ConfigureAwait(false);
        List<NightReport> reports = [];
        foreach (var execution in executions) reports.Add(await ReportAsync(execution, cancellation).ConfigureAwait(false));
        return new()
        {
            Region = account.Region, Status = stack.StackStatus, Schedule = Said(stack, "Schedule"), TimeZone = Said(stack, "TimeZone"),
            Job = await JobAsync(cancellation).ConfigureAwait(false), Nights = reports,
        };
    }

    private async Task<NightReport> ReportAsync(ExecutionListItem night, CancellationToken cancellation)
    {
        var report = NightReport.Of(night.Name, night.Status, night.StartDate, night.StopDate);
        if (night.Status is "RUNNING" or "SUCCEEDED") return report;
        return report with { Cause = (await machines.DescribeExecutionAsync(night.ExecutionArn, cancellation).ConfigureAwait(false)).Cause };
    }

    private async Task<IReadOnlyList<string>?> JobAsync(CancellationToken cancellation)
    {
        var ground = await ClusterBase.FindAsync(account, cancellation).ConfigureAwait(false);
        var store = account.Stores.Open(StorageAddress.Parse($"s3://{ground.ArtifactBucket}"));
        return await store.ReadSmallAsync(NightlyPlan.JobKey, JobRequest.MostFileBytes, cancellation).ConfigureAwait(false) is { } file ? JobRequest.Parse(file).Arguments : null;
    }

    private static string Said(Stack stack, string parameter) => stack.Parameters.FirstOrDefault(one => one.ParameterKey == parameter)?.ParameterValue ?? "";
}
