using EyeSlots.Core;
using EyeSlots.Training.Loading;
using Microsoft.Extensions.Logging;

namespace EyeSlots.Training.Runs;

/// <summary>Looks for photographs that are in training and in validation: a network that has seen one knows its labels.</summary>
internal static class LeakCheck
{
    private const int MostShown = 10;

    /// <summary>Compares the paths of both.</summary>
    /// <param name="training">Faces to train on.</param>
    /// <param name="validation">Faces of validation.</param>
    /// <param name="isAllowed">Tells the log instead of ending the run.</param>
    /// <param name="log">Told.</param>
    /// <exception cref="EyeSlotsException">leak: the first ten shared paths, and how many there are.</exception>
    public static LeakReport Run(FaceTable training, FaceTable validation, bool isAllowed, ILogger log)
    {
        var trained = training.Keys.Select(key => key.ImagePath).ToHashSet(StringComparer.Ordinal);
        SortedSet<string> shared = new(validation.Keys.Select(key => key.ImagePath).Where(trained.Contains), StringComparer.Ordinal);
        string[] first = [.. shared.Take(MostShown)];
        if (shared.Count == 0) return new(0, [], null, []);
        var what = $"{string.Join(", ", training.Lists)} and {string.Join(", ", validation.Lists)} share {Quantity.Of(shared.Count, "photograph")}: {string.Join(", ", first)}{(shared.Count > MostShown ? ", …" : "")}";
        if (!isAllowed) throw new EyeSlotsException(ErrorCodes.Leak, $"{what}. Take them out of one of the lists, or allow it by --allow-leaks.");
        log.LogWarning("{What}. The numbers on validation are better than they would be on strangers.", what);
        return new(shared.Count, first, null, []);
    }

    /// <summary>Counts the crops of validation that are one of training, byte for byte, under whatever name.</summary>
    public static async Task<LeakReport> WithEqualCropsAsync(LeakReport report, FaceTable training, FaceTable validation, LoaderOptions loader, ILogger log, CancellationToken cancellation)
    {
        var crops = new CropHashes(loader, log);
        var trained = await crops.OfAsync(training, cancellation).ConfigureAwait(false);
        var equal = await crops.FindAsync(validation, trained, cancellation).ConfigureAwait(false);
        string[] first = [.. equal.Take(MostShown).Select(face => face.Display)];
        if (equal.Count == 0) log.LogInformation("No crop of validation is byte for byte one of training.");
        else log.LogWarning("{Crops} of validation are byte for byte crops of training: {First}{More}", Quantity.Of(equal.Count, "crop"), string.Join(", ", first), equal.Count > MostShown ? ", …" : "");
        return report with { EqualCrops = equal.Count, FirstCrops = first };
    }
}
