namespace EyeSlots.Aws.Nodes;

/// <summary>Parts of a machine's life that run beside each other.</summary>
internal static class Together
{
    /// <summary>Runs them until the first ends or fails; the others are then cancelled and waited for.</summary>
    /// <exception cref="Exception">Whatever the first failed with.</exception>
    public static async Task RunAsync(CancellationToken cancellation, params Func<CancellationToken, Task>[] parts)
    {
        using var others = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task[] running = [.. parts.Select(part => Task.Run(() => part(others.Token), CancellationToken.None))];
        var first = await Task.WhenAny(running).ConfigureAwait(false);
        await others.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(running.Select(part => part.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default))).ConfigureAwait(false);
        await first.ConfigureAwait(false);
    }
}
