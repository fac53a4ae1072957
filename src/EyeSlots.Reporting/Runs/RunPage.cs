using EyeSlots.Reporting.Pages;

namespace EyeSlots.Reporting.Runs;

/// <summary>The page of one run, or of several beside each other. Every number on it stands in a file of the runs.</summary>
public static class RunPage
{
    /// <summary>Makes the page.</summary>
    /// <param name="runs">At least one.</param>
    /// <param name="pictures">Slots of the faces that are shown; null leaves out every pixel and path of a face.</param>
    public static HtmlPage Create(IReadOnlyList<RunRecord> runs, FacePictures? pictures)
    {
        RunColumn[] columns = [.. runs.Index().Select(run => new RunColumn(run.Item, runs.Count == 1 ? run.Item.Name : $"run {run.Index + 1}"))];
        var page = new HtmlPage(runs.Count == 1 ? $"Training run {runs[0].Name}" : $"{runs.Count} training runs");
        page.Section("What was learned", section => LearnedSection.Write(section, columns));
        page.Section("How it was learned", section => EpochsSection.Write(section, columns));
        foreach (var column in columns)
        {
            foreach (var judged in column.Run.Judged)
                page.Section(Heading(column, judged, columns.Length), section => JudgedSection.Write(section, judged, pictures));
        }

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
