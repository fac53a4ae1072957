using System.CommandLine;
using System.Globalization;
using EyeSlots.Core;
using EyeSlots.Training.Runs;
using EyeSlots.Training.Search;
using Spectre.Console;

namespace EyeSlots.Trainer.Commands;

/// <summary><c>train --search</c>: several runs, and which of them is best.</summary>
internal static class SearchedTraining
{
    public static async Task<int> RunAsync(ParseResult parsed, Session session, TrainingOptions common, CancellationToken cancellation)
    {
        var options = SearchLine.Of(parsed, common).Validated();
        session.Say($"Searching {options.Rates.Count} rates with {Quantity.Of(options.Seeds.Count, "seed")} for {common.Model.Name} on {string.Join(", ", common.Train)} of {common.Root} ({common.Dataset}) into {common.Run}.");
        var search = new LearningRateSearch(session.Stores, new ChildTrainer(parsed), session.Time, session.Log);
        var report = await ProgressView.RunAsync(session, steps => RunAsync(search, options, new Shown(steps), cancellation));
        return session.Show(report, SearchReportJson.Default.SearchReport, () => Show(session.Terminal, common.Run, report));
    }

    private static async Task<SearchReport> RunAsync(LearningRateSearch search, SearchOptions options, IProgress<SearchProgress> watcher, CancellationToken cancellation)
    {
        try
        {
            return await search.RunAsync(options, watcher, cancellation);
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            throw new EyeSlotsException(ErrorCodes.Interrupted, "Interrupted; each run under way has a checkpoint. Go on with --resume.");
        }
    }

    private static void Show(Terminal terminal, string folder, SearchReport report)
    {
        var facts = Terminal.Facts($"{folder}: validation, {Quantity.Of(report.Rows, "face")} of {Quantity.Of(report.Images, "image")}");
        foreach (var run in report.Runs)
            facts.AddRow(Terminal.Safe(run.Folder), run.Diverged ? "[yellow]diverged[/]" : $"CCC of valence {Text(run.Valence?.Ccc)}, of arousal {Text(run.Arousal?.Ccc)}, after {Quantity.Of(run.Epochs, "epoch")}");
        terminal.Results.Write(facts);
        Lines.Write(terminal.Results, $"[green]best[/] a rate of {Rate(report.Best.LearningRate)}: mean CCC {Text(report.Best.MeanCcc)}{Between(report.Best.Interval)}");
        foreach (var other in report.Ahead)
        {
            var isSure = other.Interval is [> 0, _];
            Lines.Write(terminal.Results, $"  ahead of {Rate(other.LearningRate)} by {Text(other.MeanCccDifference)}{Between(other.Interval)}{(isSure ? "" : "[yellow]: not more than chance[/]")}");
        }

        Lines.Write(terminal.Results, $"model: [bold]{Terminal.Safe(Path.Combine(folder, report.BestRun))}[/]");
    }

    private static string Between(IReadOnlyList<double>? interval) => interval is [var low, var high] ? $" ({Text(low)} to {Text(high)})" : "";

    private static string Rate(double rate) => rate.ToString("R", CultureInfo.InvariantCulture).ToLowerInvariant();

    private static string Text(double? value) => value is { } number ? Quantity.Fixed(number, 4) : "undefined";

    private sealed class Shown(IProgress<Step> steps) : IProgress<SearchProgress>
    {
        public void Report(SearchProgress value) => steps.Report(new("training epochs", value.Epochs, value.TotalEpochs, value.Best));
    }
}
