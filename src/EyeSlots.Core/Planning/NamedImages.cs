namespace EyeSlots.Core.Planning;

/// <summary>The images that the faces of all slices name.</summary>
internal sealed class NamedImages(IReadOnlyList<SliceCut> cuts, FaceSpool faces)
{
    /// <summary>Hashes of the paths; a path of several lists comes several times.</summary>
    public IEnumerable<UInt128> Hashes => Faces(static _ => true).Select(face => face.Hash);

    /// <summary>Paths whose hash is wanted. One that cannot be read has no image, and is left out.</summary>
    public IEnumerable<(string Path, UInt128 Hash)> Where(Func<UInt128, bool> isWanted)
    {
        var buffer = new byte[1024];
        foreach (var face in Faces(isWanted))
        {
            if (FaceRecord.PathOf(faces.Read(face.Record, ref buffer)).Path is { } path) yield return (path, face.Hash);
        }
    }

    private IEnumerable<PlannedFace> Faces(Func<UInt128, bool> isWanted)
    {
        foreach (var cut in cuts)
        {
            for (var at = 0; at < cut.Faces.Count; at++)
            {
                var face = cut.Faces[at];
                if ((at == 0 || cut.Faces[at - 1].Hash != face.Hash) && isWanted(face.Hash)) yield return face;
            }
        }
    }
}
