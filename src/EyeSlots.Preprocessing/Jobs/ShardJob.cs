using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using EyeSlots.Core;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Geometry;
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
    private readonly ConcurrentBag<JobTools> idle = [];
    private readonly ConcurrentBag<ShardRoom> rooms = [];
    private readonly SemaphoreSlim oneLarge = new(1);
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
    public void Dispose()
    {
        while (idle.TryTake(out var tools)) tools.Dispose();
        oneLarge.Dispose();
    }

    /// <summary>Reads, decodes and crops; publishes nothing.</summary>
    private async Task<UnpublishedShard> MakeAsync(Slice slice, CancellationToken cancellation)
    {
        var tools = idle.TryTake(out var kept) ? kept : new JobTools(images, parameters, gate, oneLarge);
        try
        {
            var room = rooms.TryTake(out var empty) ? empty : new();
            var builder = new ShardBuilder(slice, parameters, gate.Bytes, room);
            long bytesRead;
            await using (var sources = new SliceImages(slice, images, tools, cancellation))
            {
                foreach (var face in slice.Faces)
                {
                    cancellation.ThrowIfCancellationRequested();
                    if (SliceImages.HasImage(face)) Crop(face, await sources.OfAsync(face, cancellation).ConfigureAwait(false), tools, builder);
                    else builder.Reject(face, face.Defect ?? WithoutImage(face));
                }

                bytesRead = sources.BytesRead;
            }

            var files = await builder.FinishAsync(cancellation).ConfigureAwait(false);
            return new(files with { Result = files.Result with { BytesRead = bytesRead } }, room);
        }
        finally
        {
            idle.Add(tools);
        }
    }

    /// <summary>Waits for disks and networks, not for the processor.</summary>
    private async Task<ShardResult> PublishAsync(UnpublishedShard made, CancellationToken cancellation)
    {
        await publication.PublishAsync(made.Files, cancellation).ConfigureAwait(false);
        rooms.Add(made.Room);
        return made.Files.Result;
    }

    private void Crop(SliceFace face, ContentRead image, JobTools tools, ShardBuilder builder)
    {
        if (Unusable(face, image) is { } why)
        {
            builder.Reject(face, why);
            return;
        }

        var crop = tools.Cropper.Crop(image.Content.Span, face.Eyes, builder.Slot);
        if (crop.Rejection is { } rejection) builder.Reject(face, rejection);
        else builder.Add(face, crop.Slot, crop.Coverage, crop.Width, crop.Height, crop.ImageWidth, crop.ImageHeight);
    }

    private Rejection? Unusable(SliceFace face, ContentRead image) => image.Outcome switch
    {
        ReadOutcome.TooLarge => First(face, RejectCode.ImageTooLarge, $"The file has more than {JobParameters.MaxFileBytes >> 20} MB."),
        _ => image.Content.IsEmpty ? First(face, RejectCode.ImageEmpty, "The file has no bytes.") : null,
    };

    private Rejection WithoutImage(SliceFace face) => face.Image.IsOutside
        ? new(RejectCode.AnnotationInvalid, "A link leads out of the image root.")
        : First(face, RejectCode.ImageMissing, "No file was found under the path.");

    /// <summary>Unusable landmarks come before anything that is wrong with the image.</summary>
    private Rejection First(SliceFace face, RejectCode code, string detail) =>
        SlotGeometry.TryFind(face.Eyes, parameters.Slot, out _, out var why) ? new(code, detail) : new(RejectCode.LandmarksInvalid, why!);
}

/// <summary>A shard that is made and not yet published, and the room that holds it until then.</summary>
internal readonly record struct UnpublishedShard(ShardFiles Files, ShardRoom Room);
