using EyeSlots.Aws.Mailbox;
using EyeSlots.Core;
using EyeSlots.Core.Storage;

namespace EyeSlots.Aws.Nodes;

/// <summary>How a machine runs a job that it took.</summary>
internal interface IJobRunner
{
    /// <summary>Demands that this machine can run it at all.</summary>
    /// <exception cref="EyeSlotsException">usage: it cannot.</exception>
    void Check(JobRequest request);

    /// <summary>Runs it once.</summary>
    Task<ProgramOutcome> RunAsync(int number, JobRequest request, CancellationToken cancellation);
}

/// <summary>Takes jobs from the mailbox in their order and leaves a result for each.</summary>
/// <param name="node">The machine.</param>
/// <param name="report">Told what runs.</param>
/// <param name="runner">Runs them.</param>
/// <param name="logOf">The file that takes what a job says.</param>
internal sealed class JobLoop(NodeParts node, StatusBoard report, IJobRunner runner, Func<int, string> logOf)
{
    private const int MostTries = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    // A cluster loses its driver, its session or its machines, and the next try takes up what was published.
    private static readonly string[] TriedAgain = [ErrorCodes.SparkFailed, ErrorCodes.SparkUnreachable];

    /// <summary>Runs jobs until cancelled, or until so many have a result.</summary>
    public async Task RunAsync(int most, CancellationToken cancellation)
    {
        for (var done = 0; done < most;)
        {
            try
            {
                if (await node.Mailbox.Jobs.NextAsync(cancellation).ConfigureAwait(false) is { } number)
                {
                    await RunOneAsync(number, cancellation).ConfigureAwait(false);
                    done++;
                    continue;
                }
            }
            catch (StorageException error)
            {
                node.Log.Say($"The mailbox was not reached: {error.Message}");
            }

            await Task.Delay(Pause, node.Time, cancellation).ConfigureAwait(false);
        }
    }

    private async Task RunOneAsync(int number, CancellationToken cancellation)
    {
        var (started, gathered) = (node.Time.GetTimestamp(), report.SecondsOf("gather"));
        var (outcome, tries) = await TakeAsync(number, cancellation).ConfigureAwait(false);

        // Workers that were asked for only now are gathered within the job, and are told as a phase of their own.
        var spent = node.Time.GetElapsedTime(started).TotalSeconds - (report.SecondsOf("gather") - gathered);
        var result = new JobResult
        {
            ExitCode = outcome.ExitCode, Result = outcome.Result, Error = outcome.Error, Tries = tries,
            Seconds = report.SecondsWith("job", spent), MachineHours = report.MachineHours,
            Workers = report.Workers, Vcpus = Environment.ProcessorCount,
        };
        node.Log.Say($"Job {number} ended with {outcome.ExitCode}{(outcome.Error is { } error ? $", {error.Code}: {error.Message}" : "")}.");
        await node.Logs.TryShipAsync(cancellation).ConfigureAwait(false);
        await report.EnterAsync(ClusterPhase.Waiting, (number, logOf(number)), cancellation).ConfigureAwait(false);
        await node.Mailbox.Jobs.FinishAsync(number, result, cancellation).ConfigureAwait(false);
        await report.EnterAsync(ClusterPhase.Waiting, null, cancellation).ConfigureAwait(false);
    }

    private async Task<(ProgramOutcome Outcome, int Tries)> TakeAsync(int number, CancellationToken cancellation)
    {
        JobRequest request;
        try
        {
            request = await node.Mailbox.Jobs.ReadAsync(number, cancellation).ConfigureAwait(false);
            runner.Check(request);
        }
        catch (EyeSlotsException refused) when (refused.Code == ErrorCodes.Usage)
        {
            return (new(refused.ExitCode, null, new(refused.Code, refused.Message)), 0);
        }

        for (var tries = 1; ; tries++)
        {
            node.Log.Say($"Job {number}, try {tries}: {request.Command}.");
            await report.EnterAsync(ClusterPhase.Working, (number, logOf(number)), cancellation).ConfigureAwait(false);
            var outcome = await TryAsync(number, request, cancellation).ConfigureAwait(false);
            if (tries == MostTries || outcome.Error is not { } error || !TriedAgain.Contains(error.Code, StringComparer.Ordinal)) return (outcome, tries);
            node.Log.Say($"Job {number} is tried again: {error.Code}: {error.Message}");
            await Task.Delay(Pause, node.Time, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<ProgramOutcome> TryAsync(int number, JobRequest request, CancellationToken cancellation)
    {
        try
        {
            return await runner.RunAsync(number, request, cancellation).ConfigureAwait(false);
        }
        catch (EyeSlotsException error)
        {
            return new(error.ExitCode, null, new(error.Code, error.Message));
        }
    }
}
