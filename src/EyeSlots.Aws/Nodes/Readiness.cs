namespace EyeSlots.Aws.Nodes;

/// <summary>The one signal that a machine sends to its stack: ready, or failed.</summary>
/// <param name="node">The machine.</param>
internal sealed class Readiness(NodeParts node)
{
    // A node that systemd starts again after a crash has told already, and a second signal is an error.
    private bool isTold = File.Exists(Mark(node));

    /// <summary>Says that the machine is ready, once. No stack waits for a worker: missing spot capacity must not cost the time-out.</summary>
    public async Task TellAsync(CancellationToken cancellation)
    {
        if (isTold) return;
        if (node.Settings.Resource.Length > 0 && node.Settings.Role != NodeRole.Worker) await node.Cloud.SignalAsync(node.Instance, isReady: true, cancellation).ConfigureAwait(false);
        isTold = true;
        await File.WriteAllTextAsync(Mark(node), "", cancellation).ConfigureAwait(false);
        node.Log.Say("Ready.");
    }

    /// <summary>Says that it failed, unless it was ready before: then the stack waits for nothing any more.</summary>
    public async Task TellFailureAsync(CancellationToken cancellation)
    {
        if (!isTold && node.Settings.Resource.Length > 0 && node.Settings.Role != NodeRole.Worker) await node.Cloud.SignalAsync(node.Instance, isReady: false, cancellation).ConfigureAwait(false);
        isTold = true;
    }

    private static string Mark(NodeParts node) => Path.Combine(node.Folder.Home, "ready");
}
