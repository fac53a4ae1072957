using EyeSlots.Core.Planning;

namespace EyeSlots.Preprocessing.Jobs;

/// <summary>A slice whose images are read and cut: which are still to be asked for, and how many faces are still to be cut.</summary>
internal sealed class SliceUnderWay
{
    private readonly IReadOnlyList<SliceFace> faces;
    private int asked;
    private int left;

    /// <summary>Begins a slice, which has faces.</summary>
    public SliceUnderWay(IFaceCuts cuts)
    {
        (Cuts, faces, left) = (cuts, cuts.Slice.Faces, cuts.Slice.Faces.Count);
        ArgumentOutOfRangeException.ThrowIfZero(left, nameof(cuts));
    }

    /// <summary>Receives the faces.</summary>
    public IFaceCuts Cuts { get; }

    /// <summary>Images that are there and may not be cut yet.</summary>
    public Queue<ImageRead> Waiting { get; } = new();

    /// <summary>Whether all faces are cut or rejected.</summary>
    public bool IsDone => left == 0;

    /// <summary>The next faces whose image is to be asked for.</summary>
    /// <returns>False when all were.</returns>
    public bool TryTake(out FaceGroup group)
    {
        group = new(asked, 0);
        if (asked == faces.Count) return false;
        var end = asked + 1;
        if (HasImage(faces[asked]))
        {
            while (end < faces.Count && HasImage(faces[end]) && faces[end].Image == faces[asked].Image) end++;
        }

        group = new(asked, end - asked);
        asked = end;
        return true;
    }

    /// <summary>So many faces more are cut or rejected.</summary>
    public void Finish(int count) => left -= count;

    /// <summary>A face of the slice.</summary>
    public SliceFace FaceAt(int place) => faces[place];

    /// <summary>The image of some faces; absent where they have none that could be read.</summary>
    public ImageIdentity ImageOf(FaceGroup group) => HasImage(faces[group.First]) ? faces[group.First].Image : ImageIdentity.Absent;

    /// <summary>How many bytes of the image of some faces are asked for first: enough for each of them.</summary>
    public long FirstBytesOf(FaceGroup group, FirstBytes guess)
    {
        var bytes = 1L;
        for (var place = group.First; place < group.End; place++) bytes = Math.Max(bytes, guess(faces[place].Image, faces[place].Eyes));
        return bytes;
    }

    /// <summary>Whether a face has an image to read.</summary>
    public static bool HasImage(SliceFace face) => face.Defect is null && face.Image is { IsAbsent: false, IsOutside: false };
}
