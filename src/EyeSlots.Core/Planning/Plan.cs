namespace EyeSlots.Core.Planning;

/// <summary>
/// The faces of a run cut into slices: a pure function of annotations, image identities and parameters. Faces wait in memory, and
/// from some 20,000 on in a temporary file without a name, so a plan's memory does not grow with the landmarks.
/// </summary>
public sealed class Plan : IDisposable
{
    private readonly FaceSpool faces;
    private readonly FaceSpool identities;
    private readonly IReadOnlyList<PlannedSlice> slices;

    internal Plan(JobParameters parameters, FaceSpool faces, FaceSpool identities, IReadOnlyList<PlannedSlice> slices)
    {
        (Parameters, this.faces, this.identities, this.slices) = (parameters, faces, identities, slices);
        Slices = [.. slices.Select(slice => slice.Header)];
        Faces = slices.Sum(slice => (long)slice.Header.Faces);
        MissingImages = slices.Sum(slice => (long)slice.Unusable.Missing);
        OutsideImages = slices.Sum(slice => (long)slice.Unusable.Outside);
        FirstOutside = slices.FirstOrDefault(slice => slice.Unusable.Outside > 0)?.Unusable.FirstOutside;
    }

    /// <summary>All slices: lists in the order of their names, then by hash.</summary>
    public IReadOnlyList<SliceHeader> Slices { get; }

    /// <summary>Faces of all slices.</summary>
    public long Faces { get; }

    /// <summary>Faces with a sound annotation whose image was not found.</summary>
    public long MissingImages { get; }

    /// <summary>Faces with a sound annotation whose image lies behind a link out of the image root.</summary>
    public long OutsideImages { get; }

    /// <summary>The first such path below the image root, or null.</summary>
    public string? FirstOutside { get; }

    /// <summary>The parameters that the fingerprints were made with.</summary>
    public JobParameters Parameters { get; }

    /// <summary>Demands that the images of some slices can be read. What is made already needs none, so these are the slices that are missing.</summary>
    /// <exception cref="Storage.StorageException">Some are archived; the message counts the faces and names one.</exception>
    public void RequireReadable(IReadOnlyCollection<SliceHeader> missing)
    {
        var archived = missing.Select(slice => slices[slice.Index].Unusable).Where(unusable => unusable.Archived > 0).ToList();
        if (archived.Count == 0) return;
        throw new Storage.StorageException(
            $"The images of {archived.Sum(unusable => (long)unusable.Archived)} faces that are to be cut are archived (GLACIER or DEEP_ARCHIVE), such as {archived[0].FirstArchived} below --images. " +
            "Restore them ('aws s3api restore-object'), or take them out of the lists; then run again.");
    }

    /// <summary>Reads a slice's faces back. Safe to call from several threads.</summary>
    public Slice Load(SliceHeader slice)
    {
        var planned = slices[slice.Index];
        var (buffer, other) = (new byte[512], new byte[1 << 16]);
        var images = new PackedReader(identities.Read(planned.Identities, ref other));
        var loaded = new SliceFace[slice.Faces];
        var index = 0;
        for (var i = 0; i < loaded.Length; i++)
        {
            index = i > 0 && planned.Faces[i].Hash == planned.Faces[i - 1].Hash ? index + 1 : 0;
            loaded[i] = FaceRecord.Read(faces.Read(planned.Faces[i].Record, ref buffer), slice.List, index, FaceCodec.ReadImage(ref images, ""));
        }

        return new(slice.List, slice.Fingerprint, loaded);
    }

    /// <summary>Removes the temporary files.</summary>
    public void Dispose()
    {
        faces.Dispose();
        identities.Dispose();
    }
}

/// <summary>A slice in a plan: its header, where its faces lie, and where their images' identities lie.</summary>
internal sealed record PlannedSlice(SliceHeader Header, ArraySegment<PlannedFace> Faces, long Identities, UnusableImages Unusable);

/// <summary>Images of sound rows of a slice that cannot be read: not found, behind a link out of the image root, or archived.</summary>
internal readonly record struct UnusableImages(int Missing, int Outside, string FirstOutside, int Archived, string FirstArchived)
{
    /// <summary>With the image of one more row.</summary>
    public UnusableImages And(in ImageIdentity image, bool isArchived) => image switch
    {
        { IsAbsent: true } => this with { Missing = Missing + 1 },
        { IsOutside: true } => this with { Outside = Outside + 1, FirstOutside = Outside == 0 ? image.Path : FirstOutside },
        _ when isArchived => this with { Archived = Archived + 1, FirstArchived = Archived == 0 ? image.Path : FirstArchived },
        _ => this,
    };
}
