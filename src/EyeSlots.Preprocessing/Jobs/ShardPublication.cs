using EyeSlots.Core;
using EyeSlots.Core.Manifests;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;
using EyeSlots.Core.Storage;
using Microsoft.Extensions.Logging;

namespace EyeSlots.Preprocessing.Jobs;

/// <summary>
/// Publishes a slice's files: the quarantine file first, then the shard, which marks the slice as done. What is there already must
/// have the same bytes; a damaged leftover is replaced, an intact one that differs is an error and stays.
/// </summary>
/// <param name="output">The dataset root.</param>
/// <param name="force">Whatever differs is an error, damaged or not.</param>
/// <param name="logger">Told of repairs.</param>
internal sealed class ShardPublication(IObjectStore output, bool force, ILogger logger)
{
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
        while (!await output.PublishAsync(key, content, cancellation).ConfigureAwait(false))
        {
            var winner = new ByteBuffer();
            var outcome = await output.ReadAsync(key, null, winner, PublishedFile.MostBytes, cancellation).ConfigureAwait(false);
            if (outcome == ReadOutcome.Read && winner.Span.SequenceEqual(content.Span)) return;

            // gc or another run's repair took it away between the two calls.
            if (outcome == ReadOutcome.Missing) continue;
            if (force || await IsIntactAsync(slice, cancellation).ConfigureAwait(false)) throw Differs(key, winner, content);
            logger.LogWarning("{Key} is damaged and is replaced.", key);
            await output.DeleteAsync(key, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<bool> IsIntactAsync(ShardResult slice, CancellationToken cancellation)
    {
        try
        {
            var read = await new ShardCheck(output).ReadAsync(slice.Fingerprint, slice.List, cancellation).ConfigureAwait(false);
            return read?.Faces == slice.Faces;
        }
        catch (EyeSlotsException error) when (error.Code == ErrorCodes.DatasetDamaged)
        {
            return false;
        }
    }

    private EyeSlotsException Differs(string key, ByteBuffer winner, ReadOnlyMemory<byte> content) => new(
        ErrorCodes.NotReproducible,
        $"{output.Address}/{key} has {winner.Length} bytes that differ from the {content.Length} made now from the same input. " +
        "The published file stays; if 'eyeslots verify' calls it damaged, delete it and run again.");
}
