using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
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
/// the same bytes to both. Safe to call from several threads; each call under way holds one <see cref="SlotCropper"/>, and all of them
/// together read ahead within one bound.
/// </summary>
/// <param name="images">The root of the images.</param>
/// <param name="parameters">The parameters of the plan.</param>
/// <param name="gate">Bounds the memory of large images, for all workers of the process together; a quarter of it bounds what is read ahead.</param>
/// <param name="wholeObjects">Images are read whole, instead of first what a slot is likely to need.</param>
public sealed class FaceCutter(IObjectStore images, JobParameters parameters, MemoryGate gate, bool wholeObjects = false) : IDisposable
{
    private readonly ConcurrentBag<JobTools> idle = [];
    private readonly SemaphoreSlim oneLarge = new(1);
    private readonly BoundImages bound = new(images);
    private readonly ReadBudget budget = ReadBudget.OfMemory(gate.Bytes);

    // What is answered from this machine is not worth the guess.
    private readonly StartLengths? starts = wholeObjects || images.AnswersAtOnce ? null : new(() => images.StartsPay);

    /// <summary>Loads the native libraries for the first worker.</summary>
    internal void Prepare() => idle.Add(NewTools());

    /// <summary>
    /// Reads, decodes and cuts the faces of slices in the order in which their images are there, within some slices at a time where the
    /// images are far away.
    /// </summary>
    /// <param name="slices">Receive each face of theirs as a crop or as a reject. Taken one by one, when the images of those before were asked for.</param>
    /// <param name="cancellation">Stops cleanly.</param>
    /// <returns>The slices as they are done.</returns>
    /// <exception cref="EyeSlotsException">image-changed, or a <see cref="StorageException"/>.</exception>
    public async IAsyncEnumerable<T> CutAsync<T>(IEnumerable<T> slices, [EnumeratorCancellation] CancellationToken cancellation = default)
        where T : class, IFaceCuts
    {
        var tools = idle.TryTake(out var kept) ? kept : NewTools();
        try
        {
            await using var arriving = Open(slices, tools, cancellation);
            while (await arriving.NextAsync().ConfigureAwait(false) is { } image)
            {
                cancellation.ThrowIfCancellationRequested();
                Cut(image, arriving, tools.Cropper);
                if (image.Slice.IsDone) yield return (T)image.Slice.Cuts;
            }
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

    private JobTools NewTools() => new(bound, parameters, gate, oneLarge);

    private ISliceImages Open(IEnumerable<IFaceCuts> slices, JobTools tools, CancellationToken cancellation) => images.AnswersAtOnce
        ? new ImagesInTurn(slices, tools.Reader, cancellation)
        : new ImagesAhead(slices, bound, budget, oneLarge, Guess, cancellation);

    private long Guess(ImageIdentity image, ReadOnlySpan<double> eyes) => starts?.Of(image, eyes) ?? image.Size;

    private void Cut(in ArrivedImage image, ISliceImages arriving, SlotCropper cropper)
    {
        var (slice, faces) = (image.Slice, image.Faces);
        if (image.Read.Outcome is ReadOutcome.Changed or ReadOutcome.Missing or ReadOutcome.OutsideRoot) throw Changed(slice.ImageOf(faces));
        slice.Cuts.Read(image.Fetched, image.There);
        var place = faces.First;
        for (; place < faces.End; place++)
        {
            if (Unusable(slice.FaceAt(place), image.Read) is { } why) slice.Cuts.Reject(place, why);
            else if (!TryCut(image, place, cropper)) break;
        }

        slice.Finish(place - faces.First);
        if (place < faces.End) arriving.AskRest(place);
    }

    /// <summary>False where only a start of the image is there, and too short.</summary>
    private bool TryCut(in ArrivedImage image, int place, SlotCropper cropper)
    {
        var (slice, content, face) = (image.Slice, image.Read.Content, image.Slice.FaceAt(place));
        var crop = cropper.Crop(content.Span, Math.Max(content.Length, face.Image.Size), face.Eyes, slice.Cuts.Slot);
        if (crop.RanOut) return false;
        starts?.Learn(face.Image, face.Eyes, crop);
        if (crop.Rejection is { } rejection) slice.Cuts.Reject(place, rejection);
        else slice.Cuts.Add(place, crop);
        return true;
    }

    private Rejection? Unusable(SliceFace face, ContentRead image) => face switch
    {
        _ when !SliceUnderWay.HasImage(face) => face.Defect ?? WithoutImage(face),
        _ when image.Outcome == ReadOutcome.TooLarge => First(face, RejectCode.ImageTooLarge, $"The file has more than {JobParameters.MaxFileBytes >> 20} MB."),
        _ => image.Content.IsEmpty ? First(face, RejectCode.ImageEmpty, "The file has no bytes.") : null,
    };

    private Rejection WithoutImage(SliceFace face) => face.Image.IsOutside
        ? new(RejectCode.AnnotationInvalid, "A link leads out of the image root.")
        : First(face, RejectCode.ImageMissing, "No file was found under the path.");

    /// <summary>Unusable landmarks come before anything that is wrong with the image.</summary>
    private Rejection First(SliceFace face, RejectCode code, string detail) =>
        SlotGeometry.TryFind(face.Eyes, parameters.Slot, out _, out var why) ? new(code, detail) : new(RejectCode.LandmarksInvalid, why!);

    private static EyeSlotsException Changed(in ImageIdentity image) => new(
        ErrorCodes.ImageChanged, $"{image.Path}: the image changed or went away during the run. Start again: the next run picks it up.");
}
