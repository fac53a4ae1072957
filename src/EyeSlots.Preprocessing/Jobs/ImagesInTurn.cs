using EyeSlots.Core.Storage;

namespace EyeSlots.Preprocessing.Jobs;

/// <summary>
/// Images of a store that answers at once: each is read when its turn comes, on the thread that cuts it, into one buffer. Nothing is allocated
/// for an image, and one slice is under way.
/// </summary>
internal sealed class ImagesInTurn(IEnumerable<IFaceCuts> slices, ImageReader reader, FirstBytes guess, CancellationToken cancellation) : ISliceImages
{
    private readonly IEnumerator<IFaceCuts> coming = slices.GetEnumerator();
    private SliceUnderWay? slice;
    private FaceGroup faces;
    private int before;
    private bool again;

    /// <inheritdoc/>
    public async ValueTask<ArrivedImage?> NextAsync()
    {
        if (!again && !TryGoOn()) return null;
        var image = slice!.ImageOf(faces);
        ContentRead read = default;
        if (again) read = await reader.ReadRestAsync(image, cancellation).ConfigureAwait(false);
        else if (!image.IsAbsent) read = await reader.ReadAsync(image, slice.FirstBytesOf(faces, guess), cancellation).ConfigureAwait(false);
        var fetched = read.Content.Length - (again ? before : 0);
        (again, before) = (false, read.Content.Length);
        return new ArrivedImage(slice, faces, read, fetched);
    }

    /// <inheritdoc/>
    public void AskRest(int place) => (faces, again) = (faces.From(place), true);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        reader.Done();
        coming.Dispose();
        return ValueTask.CompletedTask;
    }

    private bool TryGoOn()
    {
        while (slice is null || !slice.TryPeek(out faces))
        {
            if (!coming.MoveNext()) return false;
            slice = new(coming.Current);
        }

        slice.Ask(faces);
        return true;
    }
}
