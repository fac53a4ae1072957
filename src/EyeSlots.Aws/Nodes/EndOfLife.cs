using EyeSlots.Aws.Requests;

namespace EyeSlots.Aws.Nodes;

/// <summary>
/// The last of three ends: whoever made the stack deletes it, else the reaper does, else the machine goes off by itself ten minutes later,
/// its workers first.
/// </summary>
/// <param name="node">The machine.</param>
internal sealed class EndOfLife(NodeParts node)
{
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);
    private const int MostTries = 5;

    /// <summary>Waits for it, by the machine's age: a node that systemd starts again begins no new life.</summary>
    public Task WaitAsync(CancellationToken cancellation)
    {
        var left = node.Settings.Lifetime + Grace - node.AgeAtBegin;
        return Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, node.Time, cancellation);
    }

    /// <summary>Ends the machine, whatever else fails.</summary>
    public async Task EndAsync(CancellationToken cancellation)
    {
        try
        {
            if (node.Settings.Role == NodeRole.Master && node.Settings.Group.Length > 0) await ReleaseWorkersAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            node.Log.Say("Switching off.");
            node.Power.Off();
        }
    }

    private async Task ReleaseWorkersAsync(CancellationToken cancellation)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await node.Cloud.SetWorkersAsync(0, cancellation).ConfigureAwait(false);
                return;
            }
            catch (AwsException error)
            {
                node.Log.Say($"The group of workers was not emptied: {error.Message}");
                if (tries == MostTries) return;
                await Task.Delay(TimeSpan.FromMinutes(1), node.Time, cancellation).ConfigureAwait(false);
            }
        }
    }
}
