using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;
using EyeSlots.Core.Storage;
using Microsoft.Extensions.Logging;

namespace EyeSlots.Training.Loading;

/// <summary>
/// Keeps shards of S3 in a folder of this machine, by the hash of their content, for any number of runs at once. What is read from it is
/// compared with the manifest's hash again. When it is full, what was not used for longest is removed. What goes wrong with it is a warning:
/// the shard is then read from S3.
/// </summary>
/// <param name="folder">The folder; made when the first shard is kept.</param>
/// <param name="mostBytes">What it may take. Several runs that write at the same moment may each be a shard above it until the next one is kept.</param>
/// <param name="time">The clock by which uses are told.</param>
/// <param name="log">Told, once, why nothing is kept any more.</param>
internal sealed class ShardCache(string folder, long mostBytes, TimeProvider time, ILogger log) : IDisposable
{
    private const string Extension = ".parquet";
    private readonly LocalObjectStore store = new(StorageAddress.Parse(folder));
    private readonly SemaphoreSlim writing = new(1);
    private bool isUnusable;

    /// <summary>The cache that options name for a root; null where they name none, or the root is a folder already.</summary>
    public static ShardCache? Of(LoaderOptions options, IObjectStore root, ILogger log) =>
        options.Cache is { } folder && root.Address.IsS3 ? new(folder, options.CacheBytes, TimeProvider.System, log) : null;

    /// <summary>Reads a shard that is kept; false when none is, or it is damaged.</summary>
    public async ValueTask<bool> TryReadAsync(ShardResult shard, ByteBuffer buffer, CancellationToken cancellation)
    {
        var key = Key(shard);
        try
        {
            if (await store.ReadAsync(key, null, buffer, shard.Bytes, cancellation).ConfigureAwait(false) is ReadOutcome.Missing) return false;
            if (PublishedFile.IsShard(shard, buffer.Memory))
            {
                File.SetLastWriteTimeUtc(PathOf(key), time.GetUtcNow().UtcDateTime);
                return true;
            }

            log.LogWarning("{File} in the cache is damaged; it is read from S3 again.", PathOf(key));
            await store.DeleteAsync(key, cancellation).ConfigureAwait(false);
            return false;
        }
        catch (Exception error) when (IsOfTheFolder(error))
        {
            return PublishedFile.IsShard(shard, buffer.Memory); // read, but its use could not be noted
        }
    }

    /// <summary>Keeps a shard whose hash was compared, if there is room for it at all. Never throws for what the folder does.</summary>
    public async ValueTask KeepAsync(ShardResult shard, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        if (isUnusable || content.Length > mostBytes) return;
        await writing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (isUnusable) return;
            await MakeRoomAsync(mostBytes - content.Length, cancellation).ConfigureAwait(false);
            await store.PublishAsync(Key(shard), content, cancellation).ConfigureAwait(false);
        }
        catch (Exception error) when (IsOfTheFolder(error))
        {
            isUnusable = true;
            log.LogWarning("The cache {Folder} keeps nothing more in this run: {Why}", store.Address, error.Message);
        }
        finally
        {
            writing.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => writing.Dispose();

    private static string Key(ShardResult shard) => shard.Sha256 + Extension;

    private string PathOf(string key) => Path.Join(store.Address.Path, key);

    private static bool IsOfTheFolder(Exception error) => error is StorageException or IOException or UnauthorizedAccessException;

    // Files that another run writes are locked, and not removed; those of runs that were killed are.
    private async Task MakeRoomAsync(long most, CancellationToken cancellation)
    {
        List<ObjectStat> kept = [];
        await foreach (var file in store.ListAsync("", cancellation).ConfigureAwait(false))
        {
            if (file.Key.EndsWith(Extension, StringComparison.Ordinal)) kept.Add(file);
            else if (file.Key.EndsWith(".tmp", StringComparison.Ordinal)) await store.DeleteAsync(file.Key, cancellation).ConfigureAwait(false);
        }

        var bytes = kept.Sum(file => file.Size);
        foreach (var oldest in kept.OrderBy(file => file.Modified))
        {
            if (bytes <= most) return;
            await store.DeleteAsync(oldest.Key, cancellation).ConfigureAwait(false);
            bytes -= oldest.Size;
        }
    }
}
