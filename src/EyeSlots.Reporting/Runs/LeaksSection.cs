using EyeSlots.Reporting.Pages;

namespace EyeSlots.Reporting.Runs;

/// <summary>What training shares with what it was judged on: numbers on such faces are better than on strangers.</summary>
internal static class LeaksSection
{
    public static void Write(HtmlSection section, IReadOnlyList<RunColumn> runs, bool withPaths)
    {
        foreach (var (run, label) in runs)
        {
            if (runs.Count > 1) section.Heading(label);
            if (run.Leaks is { } leaks) Write(section, leaks, withPaths);
            else section.Warning("Whether training and validation share photographs does not stand in the folder.");
            foreach (var judged in run.Judged) Write(section, judged.Numbers);
        }
    }

    private static void Write(HtmlSection section, RecordedLeaks leaks, bool withPaths)
    {
        if (leaks.SharedPaths == 0) section.Paragraph("No photograph is in training and in validation, by their paths.");
        else section.Warning("Training and validation share ", Phrase.Of(leaks.SharedPaths), leaks.SharedPaths == 1 ? " photograph, by its path." : " photographs, by their paths.");
        if (leaks.EqualCrops is not { } crops) section.Paragraph("Whether crops are equal byte for byte has not been looked at yet: it is after the first epoch.");
        else if (crops == 0) section.Paragraph("No crop of validation is byte for byte one of training.");
        else section.Warning(Phrase.Of(crops), crops == 1 ? " crop of validation is byte for byte one of training." : " crops of validation are byte for byte crops of training.");
        if (!withPaths || leaks.FirstPaths.Count + leaks.FirstCrops.Count == 0) return;
        section.Table(new(
            "The first of them", ["what", "where"],
            [.. leaks.FirstPaths.Select(path => (IReadOnlyList<Cell>)["photograph", path]), .. leaks.FirstCrops.Select(crop => (IReadOnlyList<Cell>)["crop", crop])]));
    }

    private static void Write(HtmlSection section, RecordedEvaluation numbers)
    {
        if (numbers.TrainedImages == 0) section.Paragraph($"On {numbers.Subject}: the model was trained on none of these ", Phrase.Of(numbers.Images), " images.");
        else section.Warning($"On {numbers.Subject}: the model was trained on ", Phrase.Of(numbers.TrainedImages), " of these ", Phrase.Of(numbers.Images), " images.");
        foreach (var other in numbers.OtherSlots) section.Warning($"On {numbers.Subject} slots were cut otherwise: {other}.");
    }
}
