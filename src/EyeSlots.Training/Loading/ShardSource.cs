using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;
using EyeSlots.Core.Storage;

namespace EyeSlots.Training.Loading;

/// <summary>Shards of a dataset root, whole and with the manifest's hash, or an error that names the shard.</summary>
/// <param name="root">The dataset root.</param>
/// <param name="cache">Where its shards are kept, or null.</param>
internal sealed class ShardSource(IObjectStore root, ShardCache? cache) : IReadAheadSource<ShardResult>
{
    /// <inheritdoc/>
    public long SizeOf(ShardResult item) => item.Bytes;

    /// <inheritdoc/>
    public async ValueTask<ReadOutcome> ReadAsync(ShardResult item, ByteBuffer buffer, long maxBytes, CancellationToken cancellation)
    {
        // A folder answers under its caller's thread: so several shards are read and hashed beside each other all the same.
        await Task.Yield();
        if (cache is not null && await cache.TryReadAsync(item, buffer, cancellation).ConfigureAwait(false)) return ReadOutcome.Read;
        await PublishedFile.ReadShardAsync(root, item, buffer, cancellation).ConfigureAwait(false);
        if (cache is not null) await cache.KeepAsync(item, buffer.Memory, cancellation).ConfigureAwait(false);
        return ReadOutcome.Read;
    }
}
