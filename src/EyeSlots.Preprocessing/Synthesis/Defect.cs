using System.Globalization;
using EyeSlots.Core;
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

    /// <summary>The names of those that a layout can show, as <see cref="SynthOptions.DefectShares"/> takes them.</summary>
    public static IEnumerable<string> NamesIn(SynthLayout layout) => In(layout).Select(NameOf);

    /// <summary>Reads shares of single defects.</summary>
    /// <exception cref="EyeSlotsException">usage: an unknown name, one that the layout cannot show, or a share beyond 0 to 1.</exception>
    public static IReadOnlyList<(Defect Defect, double Share)> Parse(SynthOptions options) =>
        [.. options.DefectShares.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(part => Parse(part, options.Layout))];

    /// <summary>The defect of an image, mostly none.</summary>
    /// <param name="options">How often there is one.</param>
    /// <param name="single">What <see cref="Parse(SynthOptions)"/> gave.</param>
    /// <param name="draw">A random number, 0 to 1.</param>
    /// <param name="turns">Counts the defects that come in turns.</param>
    public static Defect Of(SynthOptions options, IReadOnlyList<(Defect Defect, double Share)> single, double draw, ref int turns)
    {
        foreach (var (defect, share) in single)
        {
            if (draw < share) return defect;
            draw -= share;
        }

        var all = In(options.Layout);
        return draw < options.Defects ? all[turns++ % all.Length] : Defect.None;
    }

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

    private static Defect[] In(SynthLayout layout) => layout == SynthLayout.Folders2021 ? OfImages : All;

    private static (Defect Defect, double Share) Parse(string part, SynthLayout layout)
    {
        var (name, text) = part.Split('=') is [var left, var right] ? (left.Trim(), right) : (part, "");
        foreach (var defect in In(layout))
        {
            if (NameOf(defect) != name) continue;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) && share is >= 0 and <= 1) return (defect, share);
            throw new EyeSlotsException(ErrorCodes.Usage, $"The share of {name} must lie between 0 and 1, such as {name}=0.02.");
        }

        throw new EyeSlotsException(ErrorCodes.Usage, $"'{part}' is no share of a defect. This layout can show {string.Join(", ", NamesIn(layout))}.");
    }

    // LandmarksNotNumbers is landmarks-not-numbers.
    private static string NameOf(Defect defect) =>
        string.Concat(defect.ToString().Select((letter, at) => char.IsUpper(letter) && at > 0 ? "-" + char.ToLowerInvariant(letter) : char.ToLowerInvariant(letter).ToString()));
}
