using System.Text;
using EyeSlots.Aws.Mailbox;

namespace EyeSlots.Integration.Tests.Aws;

/// <summary>Plays a cluster's master in the mailbox, for tests of the client that are not about the machine: it has no processes and no power.</summary>
/// <param name="account">The account.</param>
/// <param name="name">The cluster.</param>
internal sealed class PlayedMaster(PreparedAccount account, string name)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly ClusterMailbox mailbox = account.Mailbox(name);

    /// <summary>Whether jobs are taken and not ended.</summary>
    public bool Holds { get; init; }

    /// <summary>With what jobs end.</summary>
    public JobResult Result { get; init; } = Ended(0);

    /// <summary>What a job says.</summary>
    public string Log { get; init; } = "";

    /// <summary>Done when a job was taken.</summary>
    public TaskCompletionSource Taken { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A result with this exit code.</summary>
    public static JobResult Ended(int exitCode, JobError? error = null) => new()
    {
        ExitCode = exitCode, Error = error, Tries = 1, Result = exitCode == 0 ? System.Text.Json.JsonDocument.Parse("""{"said":"by the job"}""").RootElement : null,
        Seconds = new Dictionary<string, double> { ["boot"] = 40, ["gather"] = 5, ["job"] = 20 }, MachineHours = new(0.02, 0.04),
    };

    /// <summary>Takes jobs until cancelled.</summary>
    public async Task PlayAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                if (await mailbox.Jobs.NextAsync(cancellation) is { } number)
                {
                    await TakeAsync(number, cancellation);
                    if (Holds) return;
                    await mailbox.Jobs.FinishAsync(number, Result, cancellation);
                    await TellAsync(ClusterPhase.Waiting, null, cancellation);
                }

                await Task.Delay(Pause, cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
        catch (Exception error)
        {
            Taken.TrySetException(error);
            throw;
        }
    }

    /// <summary>Ends a job that was held.</summary>
    public Task EndAsync(int number) => mailbox.Jobs.FinishAsync(number, Result, TestContext.Current.CancellationToken);

    private async Task TakeAsync(int number, CancellationToken cancellation)
    {
        await TellAsync(ClusterPhase.Working, number, cancellation);
        await mailbox.Jobs.WriteLogAsync(number, Encoding.UTF8.GetBytes(Log), cancellation);
        Taken.TrySetResult();
    }

    private Task TellAsync(ClusterPhase phase, int? job, CancellationToken cancellation) =>
        mailbox.WriteStatusAsync(new() { Phase = phase, Workers = 2, Job = job, Seconds = 1, Written = TimeProvider.System.GetUtcNow() }, cancellation);
}
