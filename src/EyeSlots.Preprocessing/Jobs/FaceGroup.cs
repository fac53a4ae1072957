using EyeSlots.Core.Storage;

namespace EyeSlots.Preprocessing.Jobs;

/// <summary>The faces of a slice that are cut from one image, which is read once for them; or one face that has none.</summary>
/// <param name="First">The place of the first of them in the slice.</param>
/// <param name="Count">How many there are.</param>
internal readonly record struct FaceGroup(int First, int Count)
{
    /// <summary>The place behind the last of them.</summary>
    public int End => First + Count;

    /// <summary>Those from a place on.</summary>
    public FaceGroup From(int place) => new(place, End - place);
}

/// <summary>An image that is there, for the faces that are to be cut from it.</summary>
/// <param name="Slice">Their slice.</param>
/// <param name="Faces">The faces.</param>
/// <param name="Read">How its read ended; of faces without an image, nothing. The content is valid until the next image is asked for.</param>
/// <param name="Fetched">Bytes that were read of it since it was given last.</param>
internal readonly record struct ArrivedImage(SliceUnderWay Slice, FaceGroup Faces, ContentRead Read, int Fetched)
{
    /// <summary>Bytes that it has, read or not; 0 when the rest of it comes.</summary>
    public long There => Fetched < Read.Content.Length ? 0 : Fetched > 0 ? Math.Max(Fetched, Slice.ImageOf(Faces).Size) : 0;
}
