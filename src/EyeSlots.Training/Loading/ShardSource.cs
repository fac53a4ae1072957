using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;
using EyeSlots.Core.Storage;

namespace EyeSlots.Training.Loading;

/// <summary>Shards of a dataset root, whole and with the manifest's hash, or an error that names the shard.</summary>
/// <param name="root">The dataset root.</param>
internal sealed class ShardSource(IObjectStore root) : IReadAheadSource<ShardResult>
{
    /// <inheritdoc/>
    public long SizeOf(ShardResult item) => item.Bytes;

    /// <inheritdoc/>
    public async ValueTask<ReadOutcome> ReadAsync(ShardResult item, ByteBuffer buffer, long maxBytes, CancellationToken cancellation)
    {
        await PublishedFile.ReadShardAsync(root, item, buffer, cancellation).ConfigureAwait(false);
        return ReadOutcome.Read;
    }
}
