using EyeSlots.Core;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;

namespace EyeSlots.Preprocessing.Jobs;

/// <summary>The images of one slice in the order of its faces. The faces of one image share one read.</summary>
internal sealed class SliceImages : IAsyncDisposable
{
    /// <summary>Bytes of all images that are read ahead for a slice.</summary>
    private const long BytesAhead = 32 << 20;

    /// <summary>Bytes of one of them; a larger image is read when its turn comes.</summary>
    private const int BytesOfOneAhead = 2 << 20;

    private readonly ImageReader reader;
    private readonly ReadAhead<ImageIdentity>? ahead;
    private ImageIdentity current = ImageIdentity.Absent;
    private ContentRead last;

    /// <summary>Prepares the reads of a slice; downloads start at once where that pays off.</summary>
    public SliceImages(Slice slice, IObjectStore images, JobTools tools, CancellationToken cancellation)
    {
        reader = tools.Reader;
        var bounds = new ReadAheadBounds(images.ReadsAtOnce, BytesAhead, BytesOfOneAhead);
        ahead = images.AnswersAtOnce ? null : new(Order(slice.Faces), tools.Images, bounds, tools.Spare, cancellation);
    }

    /// <summary>Bytes of all images read.</summary>
    public long BytesRead { get; private set; }

    /// <summary>The image of a face that has one; call in the order of the faces.</summary>
    /// <exception cref="EyeSlotsException">The image is not the planned one any more: image-changed.</exception>
    public async ValueTask<ContentRead> OfAsync(SliceFace face, CancellationToken cancellation)
    {
        if (face.Image == current) return last;
        reader.Done();
        var read = ahead is null ? new(ReadOutcome.TooLarge, default) : await ahead.NextAsync().ConfigureAwait(false);
        if (read.Outcome == ReadOutcome.TooLarge) read = await reader.ReadAsync(face.Image, cancellation).ConfigureAwait(false);
        if (read.Outcome is ReadOutcome.Changed or ReadOutcome.Missing or ReadOutcome.OutsideRoot) throw Changed(face);
        (current, last, BytesRead) = (face.Image, read, BytesRead + read.Content.Length);
        return read;
    }

    /// <summary>Whether a face has an image to read.</summary>
    public static bool HasImage(SliceFace face) => face.Defect is null && face.Image is { IsAbsent: false, IsOutside: false };

    /// <summary>Ends the downloads under way.</summary>
    public ValueTask DisposeAsync()
    {
        reader.Done();
        return ahead?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    private static IEnumerable<ImageIdentity> Order(IReadOnlyList<SliceFace> faces)
    {
        var before = ImageIdentity.Absent;
        foreach (var face in faces)
        {
            if (!HasImage(face) || face.Image == before) continue;
            yield return before = face.Image;
        }
    }

    private static EyeSlotsException Changed(SliceFace face) => new(
        ErrorCodes.ImageChanged, $"{face.Image.Path}: the image changed or went away during the run. Start again: the next run picks it up.");
}
