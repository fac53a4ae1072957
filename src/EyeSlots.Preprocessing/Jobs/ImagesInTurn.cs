using EyeSlots.Core.Storage;

namespace EyeSlots.Preprocessing.Jobs;

/// <summary>
/// Images of a store that answers at once: each is read when its turn comes, on the thread that cuts it, into one buffer. Nothing is allocated
/// for an image, which is read whole, and one slice is under way.
/// </summary>
internal sealed class ImagesInTurn(IEnumerable<IFaceCuts> slices, ImageReader reader, CancellationToken cancellation) : ISliceImages
{
    private readonly IEnumerator<IFaceCuts> coming = slices.GetEnumerator();
    private SliceUnderWay? slice;
    private FaceGroup faces;

    /// <inheritdoc/>
    public async ValueTask<ArrivedImage?> NextAsync()
    {
        if (!TryGoOn()) return null;
        var image = slice!.ImageOf(faces);
        var read = image.IsAbsent ? default : await reader.ReadAsync(image, cancellation).ConfigureAwait(false);
        return new ArrivedImage(slice, faces, read, read.Content.Length);
    }

    /// <inheritdoc/>
    public void AskRest(int place) => throw new InvalidOperationException("Images of this store are read whole.");

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        reader.Done();
        coming.Dispose();
        return ValueTask.CompletedTask;
    }

    private bool TryGoOn()
    {
        while (slice is null || !slice.TryTake(out faces))
        {
            if (!coming.MoveNext()) return false;
            slice = new(coming.Current);
        }

        return true;
    }
}
