using EyeSlots.Core;
using EyeSlots.Core.Manifests;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;
using EyeSlots.Core.Storage;
using Microsoft.Extensions.Logging;

namespace EyeSlots.Preprocessing.Jobs;

/// <summary>
/// Publishes a slice's files: the quarantine file first, then the shard, which marks the slice as done. What is there already must
/// have the same bytes; a damaged leftover is replaced in one step, an intact one that differs is an error and stays. Nothing is deleted,
/// so whatever stops a repair, and whoever else repairs, no name is ever without its file.
/// </summary>
/// <param name="output">The dataset root.</param>
/// <param name="force">Whatever differs is an error, damaged or not.</param>
/// <param name="logger">Told of repairs.</param>
internal sealed class ShardPublication(IObjectStore output, bool force, ILogger logger)
{
    private const int MostAttempts = 100;

    /// <summary>Publishes both files of a slice.</summary>
    /// <exception cref="EyeSlotsException">A published file differs: not-reproducible.</exception>
    public async Task PublishAsync(ShardFiles files, CancellationToken cancellation)
    {
        var result = files.Result;
        if (result.Rejected > 0)
        {
            await PublishAsync(ShardLayout.QuarantineKey(result.Fingerprint), files.Quarantine, result, cancellation).ConfigureAwait(false);
        }

        await PublishAsync(ShardLayout.ShardKey(result.Fingerprint), files.Shard, result, cancellation).ConfigureAwait(false);
    }

    private async Task PublishAsync(string key, ReadOnlyMemory<byte> content, ShardResult slice, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            if (await output.PublishAsync(key, content, cancellation).ConfigureAwait(false)) return;

            // gc may take it away between two calls, and another run may repair it; then everything is looked at anew.
            if (await output.StatAsync(key, cancellation).ConfigureAwait(false) is not { } there) continue;
            var found = new ByteBuffer();
            var outcome = await output.ReadAsync(key, there, found, PublishedFile.MostBytes, cancellation).ConfigureAwait(false);
            if (outcome == ReadOutcome.Read && found.Span.SequenceEqual(content.Span)) return;
            if (outcome is ReadOutcome.Missing or ReadOutcome.Changed) continue;
            if (force) throw Differs(key, there.Size, content);
            if (await IsIntactAsync(slice, cancellation).ConfigureAwait(false))
            {
                // What is intact may be what another run has put there since it was read above.
                if (await output.StatAsync(key, cancellation).ConfigureAwait(false) == there) throw Differs(key, there.Size, content);
                continue;
            }

            logger.LogWarning("{Key} is damaged and is replaced.", key);
            if (await output.ReplaceAsync(key, there, content, cancellation).ConfigureAwait(false)) return;
        }

        throw new StorageException($"{output.Address}/{key} changed {MostAttempts} times while it was published; something else writes there.");
    }

    private async Task<bool> IsIntactAsync(ShardResult slice, CancellationToken cancellation)
    {
        var read = await new ShardCheck(output).TryReadAsync(slice.Fingerprint, slice.List, cancellation).ConfigureAwait(false);
        return read?.Faces == slice.Faces;
    }

    private EyeSlotsException Differs(string key, long bytes, ReadOnlyMemory<byte> content) => new(
        ErrorCodes.NotReproducible,
        $"{output.Address}/{key} has {bytes} bytes that differ from the {content.Length} made now from the same input. " +
        "The published file stays; if 'eyeslots verify' calls it damaged, delete it and run again.");
}
