namespace EyeSlots.Aws.Nodes;

/// <summary>Waits for the notice that EC2 gives two minutes before it takes a spot instance back.</summary>
/// <param name="node">The machine.</param>
internal sealed class SpotWatch(NodeParts node)
{
    /// <summary>How often it looks; AWS advises five seconds.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>Returns at the notice.</summary>
    public async Task WaitAsync(CancellationToken cancellation)
    {
        while (!await IsTakenBackAsync(cancellation).ConfigureAwait(false)) await Task.Delay(Interval, node.Time, cancellation).ConfigureAwait(false);
        node.Log.Say("EC2 takes this machine back.");
    }

    private async Task<bool> IsTakenBackAsync(CancellationToken cancellation)
    {
        try
        {
            return await node.IsTakenBack(cancellation).ConfigureAwait(false);
        }
        catch (Exception error) when (error is HttpRequestException || (error is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            node.Log.Say($"The look for a notice failed: {error.Message}");
            return false;
        }
    }
}
