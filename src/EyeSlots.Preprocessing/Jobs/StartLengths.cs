using EyeSlots.Core.Annotations;
using EyeSlots.Core.Geometry;
using EyeSlots.Core.Planning;
using EyeSlots.Preprocessing.Cropping;

namespace EyeSlots.Preprocessing.Jobs;

/// <summary>
/// Guesses how many bytes of an image are enough for a face: a JPEG of one scan is read from top to bottom, and a slot ends near the middle of
/// a face's photograph. The image's height is not known before it is read, so faces are told apart by how low their eyes lie in units of the
/// width that a photograph centred on the face would have; what faces of like place needed before says what the next one needs. A guess decides
/// what is read first, never a byte of a shard. Where starts are often too short, all is read; where they take no less time than all, all is read too,
/// but for some by which that is known. Safe to call from several threads.
/// </summary>
/// <param name="startsPay">Whether reading a start takes less time than reading all: <see cref="Core.Storage.IObjectStore.StartsPay"/>.</param>
internal sealed class StartLengths(Func<bool> startsPay)
{
    /// <summary>Of smaller images all is read: a header and a row of blocks are much of them.</summary>
    private const int LeastBytes = 16 << 10;

    /// <summary>Saving less is not worth the risk of a second request.</summary>
    private const int LeastSaving = 8 << 10;

    /// <summary>What faces need whose like was not seen before: enough for 19 of 20 in photographs like AffectNet's.</summary>
    private const double UsualShare = 2;

    /// <summary>Places are told apart by a thirtieth.</summary>
    private const int PlacesOfOne = 30, Places = 36;

    /// <summary>One of so many images is read the other way, so that both are known: more often among the first ones.</summary>
    private const int FirstImages = 128, OtherWayAtFirst = 8, OtherWay = 64;

    private readonly NeededShares[] seen = [.. Enumerable.Range(0, Places).Select(_ => new NeededShares())];
    private readonly NeededShares everywhere = new();
    private int asked;

    /// <summary>How many bytes of an image to ask for first, for a face with these eye points; its size where all of it.</summary>
    public long Of(ImageIdentity image, ReadOnlySpan<double> eyes)
    {
        if (!MayStart(image) || PlaceOf(eyes) is not { } place) return image.Size;
        var bytes = (long)Math.Ceiling(ShareAt(place) * image.Size);
        return bytes <= image.Size - LeastSaving && IsWorthIt() ? bytes : image.Size;
    }

    private bool IsWorthIt()
    {
        var count = Interlocked.Increment(ref asked);
        var isOtherWay = count % (count <= FirstImages ? OtherWayAtFirst : OtherWay) == 0;
        return startsPay() != isOtherWay;
    }

    /// <summary>Takes in what became of a face.</summary>
    /// <param name="image">Its image.</param>
    /// <param name="eyes">Its eye points.</param>
    /// <param name="crop">What was cut, from a start that was enough or from the whole image.</param>
    public void Learn(ImageIdentity image, ReadOnlySpan<double> eyes, in CropResult crop)
    {
        if (!MayStart(image) || crop.Rejection?.Code == RejectCode.LandmarksInvalid || PlaceOf(eyes) is not { } place) return;
        var share = crop.BytesNeeded > 0 ? (double)crop.BytesNeeded / image.Size : 1;
        seen[ClassOf(place)].Add(share);
        everywhere.Add(share);
    }

    // An image that is told apart by its content's hash has no size here: all of it must be read.
    private static bool MayStart(ImageIdentity image) => image.Size >= LeastBytes;

    private double ShareAt(double place)
    {
        if (seen[ClassOf(place)].Best is > 0 and var share) return share;
        return everywhere.Best == 1 ? 1 : UsualShare * place;
    }

    private static int ClassOf(double place) => (int)Math.Min(place * PlacesOfOne, Places - 1);

    /// <summary>How low the eyes lie; null for landmarks that lie nowhere in an image.</summary>
    private static double? PlaceOf(ReadOnlySpan<double> eyes)
    {
        if (eyes.Length != EyeLandmarks.Coordinates) return null;
        var (left, right, top, bottom) = (eyes[0], eyes[0], eyes[1], eyes[1]);
        for (var i = 2; i < eyes.Length; i += 2)
        {
            (left, right) = (Math.Min(left, eyes[i]), Math.Max(right, eyes[i]));
            (top, bottom) = (Math.Min(top, eyes[i + 1]), Math.Max(bottom, eyes[i + 1]));
        }

        // Twice the middle is the width where the face stands in the middle; the face's own size says it where it does not.
        var place = bottom / (left + right + Math.Max(right - left, bottom - top));
        return left + right > 0 && place > 0 && double.IsFinite(place) ? place : null;
    }
}
