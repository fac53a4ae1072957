using System.Globalization;
using EyeSlots.Core;
using EyeSlots.Core.Annotations;
using EyeSlots.Training.Evaluation;
using EyeSlots.Training.Metrics;
using EyeSlots.Training.Metrics.Baselines;
using Spectre.Console;

namespace EyeSlots.Trainer.Commands;

/// <summary>How <c>evaluate</c> looks on a screen: each number with its interval, the floors below it, and whether the model beats them.</summary>
internal static class EvaluationView
{
    public static void Show(Terminal terminal, EvaluationReport report, string? kept)
    {
        var facts = Terminal.Facts($"{report.Dataset}, generation {report.Generation}: {string.Join(", ", report.Lists)}");
        facts.AddRow("faces", $"{Quantity.Number(report.Rows)}, of {Quantity.Of(report.Images, "image")}; left out: {Quantity.Number(report.Unlabelled)} unlabelled, {Quantity.Number(report.Broken)} broken");
        facts.AddRow("trained on", report.TrainedImages == 0 ? "none of these images" : $"[yellow]{Quantity.Number(report.TrainedImages)} of these images[/]");
        foreach (var other in report.OtherSlots) facts.AddRow("[yellow]cut otherwise[/]", Terminal.Safe(other));
        terminal.Results.Write(facts);
        Show(terminal, "Valence", report.Valence);
        Show(terminal, "Arousal", report.Arousal);
        if (report.ByList.Count > 1) Show(terminal, "list", report.ByList);
        if (report.ByExpression.Count > 1) Show(terminal, "expression", report.ByExpression.ToDictionary(part => Named(part.Key), part => part.Value));
        if (kept is not null) Lines.Write(terminal.Results, $"kept in {Terminal.Safe(kept)}");
    }

    private static void Show(Terminal terminal, string name, OutputReport output)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns(name, "CCC", "CORR", "RMSE", "SAGR", "SAGR, true ≠ 0");
        foreach (var column in table.Columns.Skip(1)) column.RightAligned();
        var intervals = output.Intervals;
        table.AddRow(
            "[bold]model[/]", Bold(output.Ccc, intervals.Ccc), Bold(output.Corr, intervals.Corr), Bold(output.Rmse, intervals.Rmse),
            Bold(output.Sagr, intervals.Sagr), Bold(output.SagrNonzero, intervals.SagrNonzero));
        foreach (var (floor, metrics) in output.Floors)
            table.AddRow(floor, Text(metrics.Ccc), Text(metrics.Corr), Text(metrics.Rmse), Text(metrics.Sagr), Text(metrics.SagrNonzero));
        terminal.Results.Write(table);
        Lines.Write(terminal.Results, Verdict(name, output));
    }

    private static void Show(Terminal terminal, string part, IReadOnlyDictionary<string, PartReport> parts)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns(part, "faces", "CCC, valence", "arousal", "RMSE, valence", "arousal");
        foreach (var column in table.Columns.Skip(1)) column.RightAligned();
        foreach (var (name, one) in parts)
            table.AddRow(Terminal.Safe(name), Quantity.Number(one.Rows), Text(one.Valence.Ccc), Text(one.Arousal.Ccc), Text(one.Valence.Rmse), Text(one.Arousal.Rmse));
        terminal.Results.Write(table);
    }

    private static string Named(string expression) =>
        int.TryParse(expression, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Expressions.NameOf(number) : expression;

    private static string Verdict(string name, OutputReport output)
    {
        var linear = Text(output.Floors[Floors.Judge].Ccc);
        return output.BeatsLinear switch
        {
            true => $"[green]{name}: the model beats the linear floor[/]: its CCC's interval lies above {linear}.",
            false => $"[yellow]{name}: the model does not beat the linear floor[/]: its CCC's interval does not lie above {linear}.",
            null => $"[yellow]{name}: whether the model beats the linear floor cannot be said[/]: there are fewer than {Bootstrap.LeastImages} images, or no CCC.",
        };
    }

    private static string Bold(double? value, Interval? interval) => interval is { } between
        ? $"[bold]{Text(value)}[/] ({Text(between.Low)} to {Text(between.High)})"
        : $"[bold]{Text(value)}[/]";

    private static string Text(double? value) => value is { } number ? Quantity.Fixed(number, 3) : "-";
}
