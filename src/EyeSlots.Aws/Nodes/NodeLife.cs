using EyeSlots.Aws.Mailbox;
using EyeSlots.Aws.Requests;
using EyeSlots.Core;
using EyeSlots.Core.Storage;

namespace EyeSlots.Aws.Nodes;

/// <summary>A machine's life: its role, the logs and the status beside it, and an end of which somebody learns the reason.</summary>
/// <param name="node">The machine.</param>
internal sealed class NodeLife(NodeParts node)
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(40);
    private readonly StatusBoard report = new(node);
    private readonly Readiness readiness = new(node);
    private readonly EndOfLife end = new(node);

    /// <summary>Runs until the machine's time or job is over, and switches it off.</summary>
    /// <exception cref="EyeSlotsException">cluster-boot, or another code: it failed; the mailbox and the stack know.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            await LiveAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await BestAsync(node.Logs.TryShipAsync).ConfigureAwait(false);
            throw;
        }
        catch (Exception error)
        {
            var known = error as EyeSlotsException ?? new EyeSlotsException(ErrorCodes.Internal, $"{error.GetType().Name}: {error.Message}", error);
            await FailAsync(known).ConfigureAwait(false);
            throw new EyeSlotsException(known.Code, $"{node.Instance} failed: {known.Message}", error);
        }

        await BestAsync(node.Logs.TryShipAsync).ConfigureAwait(false);
        if (node.Settings.Role != NodeRole.Worker) await BestAsync(stop => report.EnterAsync(ClusterPhase.Ended, null, stop)).ConfigureAwait(false);
        await end.EndAsync(cancellation).ConfigureAwait(false);
    }

    private Task LiveAsync(CancellationToken cancellation) => node.Settings.Role switch
    {
        NodeRole.Worker => Together.RunAsync(cancellation, new WorkerNode(node).RunAsync, node.Logs.RunAsync),
        NodeRole.Trainer => Together.RunAsync(cancellation, new TrainerNode(node, report, readiness).RunAsync, node.Logs.RunAsync, report.RunAsync, end.WaitAsync),
        _ => Together.RunAsync(cancellation, new MasterNode(node, report, readiness).RunAsync, node.Logs.RunAsync, report.RunAsync, end.WaitAsync),
    };

    // The client reads the reason when it hears of the signal, so the reason and the logs go first.
    private async Task FailAsync(EyeSlotsException error)
    {
        node.Log.Say($"Failed, {error.Code}: {error.Message}");
        await BestAsync(node.Logs.TryShipAsync).ConfigureAwait(false);
        await BestAsync(stop => node.Mailbox.Machines.FailAsync(node.Instance, error.Message, stop)).ConfigureAwait(false);
        if (node.Settings.Role != NodeRole.Worker) await BestAsync(stop => report.EnterAsync(ClusterPhase.Failed, null, stop)).ConfigureAwait(false);
        await BestAsync(readiness.TellFailureAsync).ConfigureAwait(false);
    }

    // What cannot be said any more must not hide what was to be said.
    private async Task BestAsync(Func<CancellationToken, Task> attempt)
    {
        using var limit = new CancellationTokenSource(LastWords, node.Time);
        try
        {
            await attempt(limit.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is StorageException or AwsException or EyeSlotsException or IOException or OperationCanceledException)
        {
            node.Log.Say($"Not told: {error.Message}");
        }
    }
}
