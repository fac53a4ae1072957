using EyeSlots.Core;
using EyeSlots.Training.Comparison;
using EyeSlots.Training.Metrics;
using Spectre.Console;

namespace EyeSlots.Trainer.Commands;

/// <summary>How <c>compare</c> looks on a screen: runs by their numbers in the line, what they differ in, and what can be said of it.</summary>
internal static class ComparisonView
{
    public static void Show(Terminal terminal, ComparisonReport report)
    {
        var facts = Terminal.Facts($"{report.Dataset}, generation {report.Generation}: {string.Join(", ", report.Lists)}");
        facts.AddRow("faces", $"{Quantity.Number(report.Rows)}, of {Quantity.Of(report.Images, "image")}; left out: {Quantity.Number(report.Unlabelled)} unlabelled, {Quantity.Number(report.Broken)} broken");
        foreach (var (run, number) in report.Runs.Select((run, at) => (run, at + 1))) Describe(facts, run, number);
        terminal.Results.Write(facts);
        ShowOptions(terminal, report);
        ShowMetrics(terminal, "Valence", report, run => run.Valence);
        ShowMetrics(terminal, "Arousal", report, run => run.Arousal);
        foreach (var pair in report.Pairs) Lines.Write(terminal.Results, Verdict(report, pair));
    }

    private static void Describe(Table facts, ComparedRun run, int number)
    {
        facts.AddRow($"[bold]{number}[/]", Terminal.Safe(run.Folder));
        if (run.TrainedImages > 0) facts.AddRow("", $"[yellow]was trained on {Quantity.Number(run.TrainedImages)} of these images[/]");
        foreach (var other in run.OtherSlots) facts.AddRow("", $"[yellow]cut otherwise:[/] {Terminal.Safe(other)}");
    }

    private static void ShowOptions(Terminal terminal, ComparisonReport report)
    {
        if (report.Differences is [])
        {
            Lines.Write(terminal.Results, "The runs have the same options.");
            return;
        }

        var table = Of(report, "option");
        foreach (var option in report.Differences) table.AddRow([Terminal.Safe(option.Option), .. option.Shown().Select(Terminal.Safe)]);
        terminal.Results.Write(table);
    }

    private static void ShowMetrics(Terminal terminal, string name, ComparisonReport report, Func<ComparedRun, ComparedOutput> output)
    {
        var (table, outputs) = (Of(report, name), report.Runs.Select(output).ToArray());
        table.AddRow(["CCC", .. outputs.Select(run => Text(run.Ccc, run.Intervals.Ccc))]);
        table.AddRow(["CORR", .. outputs.Select(run => Text(run.Corr, run.Intervals.Corr))]);
        table.AddRow(["RMSE", .. outputs.Select(run => Text(run.Rmse, run.Intervals.Rmse))]);
        table.AddRow(["SAGR", .. outputs.Select(run => Text(run.Sagr, run.Intervals.Sagr))]);
        table.AddRow(["SAGR, true ≠ 0", .. outputs.Select(run => Text(run.SagrNonzero, run.Intervals.SagrNonzero))]);
        terminal.Results.Write(table);
    }

    private static string Verdict(ComparisonReport report, ComparedPair pair)
    {
        var (first, second) = (NumberOf(report, pair.First), NumberOf(report, pair.Second));
        var which = $"{pair.Output}, CCC of {first} less that of {second}:";
        if (pair.CccDifference is not { } difference) return $"[yellow]{which} undefined[/].";
        if (pair.Interval is not [var low, var high]) return $"[yellow]{which} {Quantity.Signed(difference, 4)}, and whether it is more than chance cannot be said[/]: there are fewer than {Bootstrap.LeastImages} images.";
        var between = $"{Quantity.Signed(difference, 4)} ({Quantity.Signed(low, 4)} to {Quantity.Signed(high, 4)})";
        return low > 0 ? $"[green]{which} {between}[/]: {first} is better."
            : high < 0 ? $"[green]{which} {between}[/]: {second} is better."
            : $"{which} {between}: neither can be called better.";
    }

    private static int NumberOf(ComparisonReport report, string folder) => report.Runs.TakeWhile(run => run.Folder != folder).Count() + 1;

    private static Table Of(ComparisonReport report, string first)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn(first);
        for (var run = 1; run <= report.Runs.Count; run++) table.AddColumn(new TableColumn(Quantity.Number(run)).RightAligned());
        return table;
    }

    private static string Text(double? value, Interval? interval) => value is not { } number ? "-"
        : interval is { } between ? $"[bold]{Quantity.Fixed(number, 3)}[/] ({Quantity.Fixed(between.Low, 3)} to {Quantity.Fixed(between.High, 3)})"
        : $"[bold]{Quantity.Fixed(number, 3)}[/]";
}
