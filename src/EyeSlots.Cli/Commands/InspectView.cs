using EyeSlots.Core;
using EyeSlots.Core.Manifests;
using EyeSlots.Core.Annotations;
using Spectre.Console;

namespace EyeSlots.Cli.Commands;

/// <summary>How <c>inspect</c> looks on a screen.</summary>
internal static class InspectView
{
    public static void Show(Terminal terminal, InspectReport report)
    {
        var facts = Terminal.Facts($"{report.Dataset}: generation {report.Generation}");
        facts.AddRow("faces", Quantity.Number(report.Totals.Faces));
        facts.AddRow("crops", Quantity.Number(report.Totals.Rows));
        facts.AddRow("rejected", $"{Quantity.Number(report.Totals.Rejected)} ({Quantity.Percent(report.Totals.Rejected, report.Totals.Faces)})");
        Summaries.AddCodes(facts, report.Totals.RejectedByCode);
        facts.AddRow("shards", $"{Quantity.Number(report.Shards)}, {Quantity.Bytes(report.Totals.Bytes)}");
        facts.AddRow("committed", $"{report.Run.Committed:u} by {Terminal.Safe(report.Run.Engine)}, {report.Run.ShardsMade} made, {report.Run.ShardsKept} kept, {FormattableString.Invariant($"{report.Run.Seconds:F1} s")}");
        facts.AddRow("parameters", Terminal.Safe(string.Join(", ", report.Parameters.Select(one => $"{one.Key} {one.Value?.ToString() ?? "none"}"))));
        terminal.Results.Write(facts);
        ShowDistributions(terminal, report.Statistics);
        ShowExamples(terminal, report.Statistics);
        Damage.Show(terminal, report.Statistics.Damaged);
    }

    private static void ShowDistributions(Terminal terminal, DatasetStatistics statistics)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("", "rows", "least", "5 %", "median", "95 %", "most");
        foreach (var column in table.Columns.Skip(1)) column.RightAligned();
        Add(table, "θ, degrees", statistics.Theta, 1);
        Add(table, "width, pixels", statistics.Width, 0);
        Add(table, "height, pixels", statistics.Height, 0);
        Add(table, "coverage", statistics.Coverage, 2);
        Add(table, "valence", statistics.Valence, 2);
        Add(table, "arousal", statistics.Arousal, 2);
        if (table.Rows.Count == 0) return;
        terminal.Results.WriteLine();
        terminal.Results.WriteLine($"Slots of {Quantity.Of(statistics.ShardsRead, "shard")}");
        terminal.Results.Write(table);
    }

    private static void ShowExamples(Terminal terminal, DatasetStatistics statistics)
    {
        if (statistics.Examples.Count == 0) return;
        terminal.Results.WriteLine("Rejected, for example");
        foreach (var row in statistics.Examples)
        {
            Lines.Write(terminal.Results, $"  [yellow]{row.Code.Text()}[/] {Terminal.Safe(row.Key.Display)} [grey]{Terminal.Safe(row.Detail)}[/]");
        }
    }

    private static void Add(Table table, string name, Distribution? spread, int decimals)
    {
        if (spread is null) return;
        string Text(double value) => Quantity.Fixed(value, decimals);
        table.AddRow(name, Quantity.Number(spread.Rows), Text(spread.Least), Text(spread.P5), Text(spread.Median), Text(spread.P95), Text(spread.Most));
    }
}
