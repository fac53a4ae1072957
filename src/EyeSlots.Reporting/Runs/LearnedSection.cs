using EyeSlots.Reporting.Pages;

namespace EyeSlots.Reporting.Runs;

/// <summary>What the runs reach on the lists that they were judged on, beside what needs no network, and whether that is more.</summary>
internal static class LearnedSection
{
    private static readonly string[] Metrics = ["CCC", "CORR", "RMSE", "SAGR", "SAGR, true ≠ 0"];

    public static void Write(HtmlSection section, IReadOnlyList<RunColumn> runs, int notClosely)
    {
        if (runs.Count > 1) section.Table(new("The runs", ["run", "folder"], [.. runs.Select(run => (IReadOnlyList<Cell>)[run.Label, run.Run.Name])]));
        foreach (var run in runs) WriteBest(section, run, runs.Count > 1);
        var subjects = runs.SelectMany(run => run.Run.Judged.Select(judged => (run.Label, judged.Numbers))).GroupBy(one => (one.Numbers.Subject, one.Numbers.ContentSha256)).ToArray();
        foreach (var (run, label) in runs.Where(run => run.Run.OtherEvaluations > 0)) section.Paragraph($"Of {label} ", Phrase.Of(run.OtherEvaluations), " further evaluations lie in the folder and are not shown.");
        if (notClosely > 0) section.Paragraph("Predictions of the last ", Phrase.Of(notClosely), " of these evaluations are not drawn below, for the page's size: make a page of fewer runs.");
        if (subjects.Length == 0) section.Warning("No evaluation lies in the folder: train writes that of validation at its end, evaluate that of any list.");
        else section.Paragraph("CCC, the concordance, is 1 where every prediction is the truth and 0 where they have nothing to do with each other. In brackets stands the interval that holds 95 of 100 resamples of the images.");
        foreach (var subject in subjects)
        {
            section.Heading($"On {subject.Key.Subject}");
            Write(section, "Valence", [.. subject.Select(one => (one.Label, one.Numbers.Valence))]);
            Write(section, "Arousal", [.. subject.Select(one => (one.Label, one.Numbers.Arousal))]);
        }
    }

    private static void WriteBest(HtmlSection section, RunColumn run, bool named)
    {
        var who = named ? $"{run.Label}: the" : "The";
        if (run.Run.Best is not { } best) section.Warning($"{who} first epoch has not ended yet.");
        else section.Paragraph($"{who} best of ", Phrase.Of(run.Run.Epochs.Count), run.Run.Epochs.Count == 1 ? " epoch is epoch " : " epochs is epoch ", Phrase.Of(best.Epoch), ", with a mean CCC of ", Phrase.Of(best.MeanCcc), " on validation.");
    }

    private static void Write(HtmlSection section, string output, IReadOnlyList<(string Run, RecordedOutput Output)> runs)
    {
        foreach (var (run, one) in runs) WriteVerdict(section, runs.Count == 1 ? output : $"{output}, {run}", one);
        section.Table(new(output, ["model or floor", .. Metrics], [.. runs.Select(run => Row(run.Run, run.Output)), .. Floors(runs)]));
    }

    // Runs on the same training lists have the same floors.
    private static IEnumerable<IReadOnlyList<Cell>> Floors(IReadOnlyList<(string Run, RecordedOutput Output)> runs)
    {
        foreach (var floor in runs.SelectMany(run => run.Output.Floors.Select(floor => (floor.Key, floor.Value, run.Run))).GroupBy(floor => floor.Key))
        {
            var isOne = floor.Select(one => one.Value).Distinct().Count() == 1;
            foreach (var (name, metrics, run) in isOne ? floor.Take(1) : floor) yield return Row(isOne ? $"floor: {name}" : $"floor of {run}: {name}", metrics);
        }
    }

    private static void WriteVerdict(HtmlSection section, string name, RecordedOutput output)
    {
        if (output.BeatsLinear is not { } beats)
            section.Warning($"{name}: whether the model beats the linear floor cannot be said: there is no interval, or no such floor.");
        else if (beats)
            section.Paragraph($"{name}: the model beats the linear floor: its CCC's interval begins at ", Phrase.Of(output.Intervals.Ccc!.Value.Low), ", above ", Phrase.Of(output.LinearCcc), ".");
        else
            section.Warning($"{name}: the model does not beat the linear floor: its CCC's interval begins at ", Phrase.Of(output.Intervals.Ccc!.Value.Low), ", not above ", Phrase.Of(output.LinearCcc), ".");
    }

    private static Cell[] Row(string name, RecordedOutput output) =>
    [
        name, With(output.Ccc, output.Intervals.Ccc), With(output.Corr, output.Intervals.Corr), With(output.Rmse, output.Intervals.Rmse),
        With(output.Sagr, output.Intervals.Sagr), With(output.SagrNonzero, output.Intervals.SagrNonzero),
    ];

    private static Cell[] Row(string name, RecordedMetrics floor) =>
        [name, With(floor.Ccc, null), With(floor.Corr, null), With(floor.Rmse, null), With(floor.Sagr, null), With(floor.SagrNonzero, null)];

    // To the left, so that numbers without an interval stand below those that have one.
    private static Cell With(double? value, RecordedInterval? interval) => new(
        interval is { } between ? [Phrase.Of(value), " (", Phrase.Of(between.Low), " to ", Phrase.Of(between.High), ")"] : [Phrase.Of(value)], IsNumber: false);
}
