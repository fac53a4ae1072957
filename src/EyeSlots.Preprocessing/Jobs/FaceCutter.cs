using System.Collections.Concurrent;
using EyeSlots.Core;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Geometry;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;
using EyeSlots.Preprocessing.Cropping;
using EyeSlots.Preprocessing.Decoding;

namespace EyeSlots.Preprocessing.Jobs;

/// <summary>
/// Cuts the faces of slices, whatever becomes of the crops: a job lays them into shards, a prediction looks at them. The same face gives
/// the same bytes to both. Safe to call from several threads; each call under way holds one <see cref="SlotCropper"/>.
/// </summary>
/// <param name="images">The root of the images.</param>
/// <param name="parameters">The parameters of the plan.</param>
/// <param name="gate">Bounds the memory of large images, for all workers of the process together.</param>
public sealed class FaceCutter(IObjectStore images, JobParameters parameters, MemoryGate gate) : IDisposable
{
    private readonly ConcurrentBag<JobTools> idle = [];
    private readonly SemaphoreSlim oneLarge = new(1);

    /// <summary>Reads, decodes and cuts each face of a slice, in its order.</summary>
    /// <param name="slice">The slice.</param>
    /// <param name="cuts">Receives each face as a crop or as a reject.</param>
    /// <param name="cancellation">Stops cleanly.</param>
    /// <returns>Bytes of all images read.</returns>
    /// <exception cref="EyeSlotsException">image-changed, or a <see cref="StorageException"/>.</exception>
    public async Task<long> CutAsync(Slice slice, IFaceCuts cuts, CancellationToken cancellation)
    {
        var tools = idle.TryTake(out var kept) ? kept : new JobTools(images, parameters, gate, oneLarge);
        try
        {
            await using var sources = new SliceImages(slice, images, tools, cancellation);
            foreach (var face in slice.Faces)
            {
                cancellation.ThrowIfCancellationRequested();
                if (SliceImages.HasImage(face)) Cut(face, await sources.OfAsync(face, cancellation).ConfigureAwait(false), tools, cuts);
                else cuts.Reject(face, face.Defect ?? WithoutImage(face));
            }

            return sources.BytesRead;
        }
        finally
        {
            idle.Add(tools);
        }
    }

    /// <summary>Frees the native memory of all workers; call when no slice is under way.</summary>
    public void Dispose()
    {
        while (idle.TryTake(out var tools)) tools.Dispose();
        oneLarge.Dispose();
    }

    private void Cut(SliceFace face, ContentRead image, JobTools tools, IFaceCuts cuts)
    {
        if (Unusable(face, image) is { } why)
        {
            cuts.Reject(face, why);
            return;
        }

        var crop = tools.Cropper.Crop(image.Content.Span, face.Eyes, cuts.Slot);
        if (crop.Rejection is { } rejection) cuts.Reject(face, rejection);
        else cuts.Add(face, crop);
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
