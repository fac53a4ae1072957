using Microsoft.Extensions.Logging;

namespace EyeSlots.Core.Storage;

/// <summary>Takes away what nobody needs any more, at the end of something whose outcome matters more.</summary>
public static class CleanUp
{
    /// <summary>A server that does not answer holds nobody up for longer, so that Ctrl-C ends soon.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>Deletes a key. What cannot be deleted in time stays for gc; never throws for it.</summary>
    /// <returns>Whether it is gone.</returns>
    public static async Task<bool> DeleteAsync(IObjectStore store, string key, TimeProvider time, ILogger? log = null)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        try
        {
            await store.DeleteAsync(key, limit.Token).ConfigureAwait(false);
            return true;
        }
        catch (Exception error) when (error is StorageException or OperationCanceledException)
        {
            log?.LogWarning(error, "{Key} could not be removed; gc will.", key);
            return false;
        }
    }
}
