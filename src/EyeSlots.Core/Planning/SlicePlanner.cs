namespace EyeSlots.Core.Planning;

/// <summary>Finds the images of every slice and takes its fingerprint, several slices at once.</summary>
internal sealed class SlicePlanner(ImageLocator locator, JobParameters parameters, FaceSpool faces, FaceSpool identities)
{
    private const int UsualIdentityBytes = 80;
    private readonly Lock writing = new();

    /// <summary>Plans all slices; the result is in their order.</summary>
    /// <param name="cuts">The slices.</param>
    /// <param name="readsAtOnce">How many look-ups in flight pay off.</param>
    /// <param name="cancellation">Stops the planning.</param>
    public async Task<IReadOnlyList<PlannedSlice>> PlanAsync(IReadOnlyList<SliceCut> cuts, int readsAtOnce, CancellationToken cancellation)
    {
        var planned = new PlannedSlice[cuts.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(readsAtOnce, Environment.ProcessorCount), CancellationToken = cancellation };
        await Parallel.ForEachAsync(Enumerable.Range(0, cuts.Count), options, async (at, stop) =>
            planned[at] = await PlanOneAsync(at, cuts[at], stop).ConfigureAwait(false)).ConfigureAwait(false);
        identities.Flush();
        return planned;
    }

    private async ValueTask<PlannedSlice> PlanOneAsync(int at, SliceCut cut, CancellationToken cancellation)
    {
        var images = new ImageIdentity[cut.Faces.Count];
        var digests = new byte[images.Length * FaceRecord.DigestBytes];
        var buffer = new byte[1024];
        var unusable = new UnusableImages(0, 0, "", 0, "");
        ImageIdentity? found = null;
        for (var i = 0; i < images.Length; i++)
        {
            // Rows of one path share one look-up, but a row that cannot be read has no image whatever stands beside it.
            if (i > 0 && cut.Faces[i].Hash != cut.Faces[i - 1].Hash) found = null;
            var (path, sound) = Look(cut.Faces[i], digests.AsSpan(i * FaceRecord.DigestBytes), ref buffer);
            if (path is not null) found ??= await locator.FindAsync(path, cut.Faces[i].Hash, cancellation).ConfigureAwait(false);
            images[i] = path is null ? ImageIdentity.Absent : found!.Value;
            if (sound) unusable = unusable.And(images[i], locator.IsArchived(images[i]));
        }

        var place = Keep(images);
        return new(new(at, cut.List, FingerprintOf(cut, digests, images), images.Length), cut.Faces, place, unusable);
    }

    private long Keep(ImageIdentity[] images)
    {
        var record = new PackedWriter(Math.Min(images.Length, SliceCutter.MostFaces) * UsualIdentityBytes);
        foreach (var image in images) FaceCodec.WriteImage(record, image, "");
        lock (writing) return identities.Append(record.Written);
    }

    // One read for both: a record may lie on a disk.
    private (string? Path, bool IsSound) Look(PlannedFace face, Span<byte> digest, ref byte[] buffer)
    {
        var record = faces.Read(face.Record, ref buffer);
        record[..FaceRecord.DigestBytes].CopyTo(digest);
        return FaceRecord.PathOf(record);
    }

    private string FingerprintOf(SliceCut cut, ReadOnlySpan<byte> digests, ImageIdentity[] images)
    {
        using var fingerprint = new Fingerprint(parameters, cut.List);
        var index = 0;
        for (var i = 0; i < images.Length; i++)
        {
            index = i > 0 && cut.Faces[i].Hash == cut.Faces[i - 1].Hash ? index + 1 : 0;
            fingerprint.Add(digests[(i * FaceRecord.DigestBytes)..], index, images[i]);
        }

        return fingerprint.Finish();
    }
}
