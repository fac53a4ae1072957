using EyeSlots.Core;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Planning;

namespace EyeSlots.Preprocessing.Jobs;

/// <summary>How many rejected faces a run may have: <c>--max-rejected</c>.</summary>
internal static class RejectLimit
{
    /// <summary>The rejects that a plan knows of before any image is read.</summary>
    public static SortedDictionary<string, long> Foreseen(Plan plan) => new(StringComparer.Ordinal)
    {
        [RejectCode.AnnotationInvalid.Text()] = plan.OutsideImages, [RejectCode.ImageMissing.Text()] = plan.MissingImages,
    };

    /// <summary>Demands that the limit holds.</summary>
    /// <exception cref="EyeSlotsException">It does not: too-many-rejected, with the codes and the first link that leads out.</exception>
    public static void Check(double most, Plan plan, long faces, IReadOnlyDictionary<string, long> rejected)
    {
        var count = rejected.Values.Sum();
        if (count <= most * faces) return;
        var codes = string.Join(", ", rejected.Where(code => code.Value > 0).Select(code => $"{code.Key} {code.Value}"));
        var advice = plan.FirstOutside is { } link ? $"{link} is a link that leads out of --images: --follow-links reads through such" : "check --images and the lists";
        throw new EyeSlotsException(ErrorCodes.TooManyRejected, FormattableString.Invariant(
            $"{count} of {faces} faces ({100.0 * count / faces:F1} %) cannot be cropped, more than --max-rejected {most}: {codes}. Nothing was committed; {advice}, or allow more."));
    }
}
