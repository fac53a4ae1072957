using EyeSlots.Core.Annotations;

namespace EyeSlots.Preprocessing.Synthesis;

/// <summary>Defects of real lists and images (product's input section).</summary>
internal enum Defect
{
    None, NullBox, NegativeSize, Unlabelled, Backslash, WrongExtension, Repacked, EmptyImage, MissingImage, Thumbs, Truncated, Bomb,
    LandmarksOutside, LandmarksMissing, LandmarksNotNumbers, PathRefused, ColumnsMissing,
}

/// <summary>What each defect does.</summary>
internal static class Defects
{
    private static readonly Defect[] All = [.. Enum.GetValues<Defect>().Skip(1)];

    /// <summary>Those that the layout of 2021 can show: it has neither paths nor boxes nor columns.</summary>
    private static readonly Defect[] OfImages = [Defect.Unlabelled, Defect.WrongExtension, Defect.EmptyImage, Defect.Thumbs, Defect.Truncated, Defect.Bomb, Defect.LandmarksOutside];

    /// <summary>The n-th defect, in turns.</summary>
    public static Defect Next(SynthLayout layout, int n) => layout == SynthLayout.Folders2021 ? OfImages[n % OfImages.Length] : All[n % All.Length];

    /// <summary>The reason code that a face with it ends with, or null where it is harmless.</summary>
    public static RejectCode? CodeOf(Defect defect) => defect switch
    {
        Defect.PathRefused or Defect.ColumnsMissing => RejectCode.AnnotationInvalid,
        Defect.LandmarksMissing or Defect.LandmarksNotNumbers => RejectCode.LandmarksInvalid,
        Defect.MissingImage => RejectCode.ImageMissing,
        Defect.EmptyImage => RejectCode.ImageEmpty,
        Defect.Thumbs or Defect.Truncated => RejectCode.ImageUnreadable,
        Defect.Bomb => RejectCode.ImageTooLarge,
        Defect.LandmarksOutside => RejectCode.SlotOutside,
        _ => null,
    };
}
