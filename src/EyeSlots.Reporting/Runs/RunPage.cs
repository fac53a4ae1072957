using EyeSlots.Reporting.Pages;

namespace EyeSlots.Reporting.Runs;

/// <summary>The page of one run, or of several beside each other. Every number on it stands in a file of the runs.</summary>
public static class RunPage
{
    /// <summary>A megabyte each, at most: a page stays one that is sent by mail.</summary>
    private const int MostClosely = 4;

    /// <summary>The evaluations whose predictions and faces a page shows; the numbers of all others stand in its tables.</summary>
    /// <param name="runs">The page's runs.</param>
    public static IEnumerable<(RunRecord Run, EvaluationRecord Judged)> ShownClosely(IReadOnlyList<RunRecord> runs) =>
        runs.SelectMany(run => run.Judged.Select(judged => (run, judged))).Take(MostClosely);

    /// <summary>Makes the page.</summary>
    /// <param name="runs">At least one.</param>
    /// <param name="pictures">Slots of the faces that are shown; null leaves out every pixel and path of a face.</param>
    public static HtmlPage Create(IReadOnlyList<RunRecord> runs, RunPictures? pictures)
    {
        RunColumn[] columns = [.. runs.Index().Select(run => new RunColumn(run.Item, runs.Count == 1 ? run.Item.Name : $"run {run.Index + 1}"))];
        var page = new HtmlPage(runs.Count == 1 ? $"Training run {runs[0].Name}" : $"{runs.Count} training runs");
        page.Section("What was learned", section => LearnedSection.Write(section, columns, runs.Sum(run => run.Judged.Count) - ShownClosely(runs).Count()));
        page.Section("How it was learned", section => EpochsSection.Write(section, columns));
        foreach (var (run, judged) in ShownClosely(runs))
            page.Section(Heading(columns.Single(column => column.Run == run), judged, runs.Count), section => JudgedSection.Write(section, judged, pictures));
        page.Section("What leaked", section => LeaksSection.Write(section, columns, withPaths: pictures is not null));
        page.Section("Configuration", section => ConfigurationSection.Write(section, columns));
        page.Section("What is the same when it is run again", section => ReproducibilitySection.Write(section, columns));
        return page;
    }

    private static string Heading(RunColumn column, EvaluationRecord judged, int runs) =>
        runs == 1 ? $"On {judged.Numbers.Subject}" : $"{column.Label} on {judged.Numbers.Subject}";
}

/// <summary>A run with what tables and legends call it.</summary>
/// <param name="Run">The run.</param>
/// <param name="Label">Its name, or its number where there are several.</param>
internal sealed record RunColumn(RunRecord Run, string Label);
