using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using EyeSlots.Core;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;
using EyeSlots.Core.Storage;
using EyeSlots.Preprocessing.Cropping;
using EyeSlots.Preprocessing.Decoding;
using Microsoft.Extensions.Logging;

namespace EyeSlots.Preprocessing.Jobs;

/// <summary>
/// The one function that every engine calls: slices in, their shards published and described. No statics, no ambient
/// configuration, no clock: a slice gives the same bytes on a thread, in a Spark task and under a debugger.
/// Safe to call from several threads; each call under way holds one <see cref="SlotCropper"/>.
/// </summary>
/// <param name="images">The root of the images.</param>
/// <param name="output">The root of the dataset.</param>
/// <param name="parameters">The parameters of the plan.</param>
/// <param name="gate">Bounds the memory of large images, for all workers of the process together.</param>
/// <param name="force">Makes a differing published shard an error even where it is damaged.</param>
/// <param name="logger">Told of repairs, not of faces.</param>
public sealed class ShardJob(
    IObjectStore images, IObjectStore output, JobParameters parameters, MemoryGate gate, bool force, ILogger logger) : IDisposable
{
    private readonly FaceCutter cutter = new(images, parameters, gate);
    private readonly ConcurrentBag<ShardRoom> rooms = [];
    private readonly ShardPublication publication = new(output, force, logger);

    /// <summary>
    /// Makes and publishes the shards of slices, before each the quarantine file if it has rows. While one is made, the one before is
    /// flushed to disk: at most two finished or growing shards are held, whatever the size of the data.
    /// </summary>
    /// <param name="slices">Taken one by one.</param>
    /// <param name="cancellation">Stops cleanly.</param>
    /// <exception cref="EyeSlotsException">image-changed, not-reproducible, or a <see cref="StorageException"/>: a slice failed.</exception>
    public async IAsyncEnumerable<ShardResult> RunAsync(IEnumerable<Slice> slices, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        Task<ShardResult>? publishing = null;
        try
        {
            foreach (var slice in slices)
            {
                var made = await MakeAsync(slice, cancellation).ConfigureAwait(false);
                if (publishing is not null) yield return await publishing.ConfigureAwait(false);
                publishing = Task.Run(() => PublishAsync(made, cancellation), CancellationToken.None);
            }

            if (publishing is not null) yield return await publishing.ConfigureAwait(false);
        }
        finally
        {
            if (publishing is not null) await publishing.ContinueWith(static _ => { }, TaskScheduler.Default).ConfigureAwait(false);
        }
    }

    /// <summary>Frees the native memory of all workers; call when no slice is under way.</summary>
    public void Dispose() => cutter.Dispose();

    /// <summary>Reads, decodes and crops; publishes nothing.</summary>
    private async Task<UnpublishedShard> MakeAsync(Slice slice, CancellationToken cancellation)
    {
        var room = rooms.TryTake(out var empty) ? empty : new();
        var builder = new ShardBuilder(slice, parameters, gate.Bytes, room);
        var bytesRead = await cutter.CutAsync(slice, new CutsOfAShard(builder), cancellation).ConfigureAwait(false);
        var files = await builder.FinishAsync(cancellation).ConfigureAwait(false);
        return new(files with { Result = files.Result with { BytesRead = bytesRead } }, room);
    }

    /// <summary>Waits for disks and networks, not for the processor.</summary>
    private async Task<ShardResult> PublishAsync(UnpublishedShard made, CancellationToken cancellation)
    {
        await publication.PublishAsync(made.Files, cancellation).ConfigureAwait(false);
        rooms.Add(made.Room);
        return made.Files.Result;
    }

    private sealed class CutsOfAShard(ShardBuilder builder) : IFaceCuts
    {
        public IBufferWriter<byte> Slot => builder.Slot;

        public void Add(SliceFace face, in CropResult crop) =>
            builder.Add(face, crop.Slot, crop.Coverage, crop.Width, crop.Height, crop.ImageWidth, crop.ImageHeight);

        public void Reject(SliceFace face, Rejection why) => builder.Reject(face, why);
    }
}

/// <summary>A shard that is made and not yet published, and the room that holds it until then.</summary>
internal readonly record struct UnpublishedShard(ShardFiles Files, ShardRoom Room);
