using EyeSlots.Core.Storage;

namespace EyeSlots.Core.Shards;

/// <summary>Reads files that a manifest names.</summary>
public static class PublishedFile
{
    /// <summary>Most bytes of a shard or quarantine file; a slice of the largest crops stays far below.</summary>
    public const long MostBytes = 2_000_000_000;

    /// <summary>Reads a shard, by the fingerprint that names it.</summary>
    /// <exception cref="EyeSlotsException">It is not there: dataset-damaged.</exception>
    public static async Task<ShardReader> OpenShardAsync(IObjectStore root, string fingerprint, CancellationToken cancellation = default) =>
        await ShardReader.OpenAsync(await ReadAsync(root, ShardLayout.ShardKey(fingerprint), cancellation).ConfigureAwait(false)).ConfigureAwait(false);

    /// <summary>Reads the rows of a quarantine file.</summary>
    /// <exception cref="EyeSlotsException">It is not there: dataset-damaged.</exception>
    public static async Task<IReadOnlyList<QuarantineRow>> ReadQuarantineAsync(IObjectStore root, string fingerprint, CancellationToken cancellation = default) =>
        await QuarantineReader.ReadAsync(await ReadAsync(root, ShardLayout.QuarantineKey(fingerprint), cancellation).ConfigureAwait(false)).ConfigureAwait(false);

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(IObjectStore root, string key, CancellationToken cancellation)
    {
        var buffer = new ByteBuffer();
        return await root.ReadAsync(key, null, buffer, MostBytes, cancellation).ConfigureAwait(false) == ReadOutcome.Read
            ? buffer.Memory
            : throw new EyeSlotsException(ErrorCodes.DatasetDamaged, $"{root.Address}/{key} is missing; run preprocess again.");
    }
}
