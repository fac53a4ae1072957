using System.Globalization;
using EyeSlots.Preprocessing.Jobs;
using Spectre.Console;

namespace EyeSlots.Cli;

/// <summary>How results look on a screen.</summary>
internal static class Summaries
{
    public static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public static string Size(long bytes) => bytes switch
    {
        >= 1L << 30 => Invariant($"{bytes / (double)(1L << 30):F2} GiB"),
        >= 1L << 20 => Invariant($"{bytes / (double)(1L << 20):F1} MiB"),
        >= 1L << 10 => Invariant($"{bytes / (double)(1L << 10):F1} KiB"),
        _ => Invariant($"{bytes} B"),
    };

    public static string Percent(long part, long whole) => whole == 0 ? "0 %" : Invariant($"{100.0 * part / whole:F1} %");

    public static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    /// <summary>What a run did.</summary>
    public static void Show(Terminal terminal, PreprocessSummary run)
    {
        var rejected = run.Rejected.Values.Sum();
        var table = Terminal.Facts(Title(run));
        table.AddRow("faces", Number(run.Faces));
        if (run.Rows is { } rows) table.AddRow("crops", Number(rows));
        table.AddRow("rejected", rejected == 0 ? "none" : $"[yellow]{Number(rejected)}[/] ({Percent(rejected, run.Faces)})");
        AddCodes(table, run.Rejected);
        if (run.FirstLinkOut is { } link) table.AddRow("  links", $"[yellow]{Terminal.Safe(link)}[/] leads out of --images; --follow-links reads through such");
        table.AddRow("shards", $"{Number(run.Shards)}: {Number(run.ShardsMade)} {(run.DryRun ? "to make" : "made")}, {Number(run.ShardsKept)} kept");
        if (!run.DryRun) table.AddRow("read, written", $"{Size(run.BytesRead)}, {Size(run.BytesWritten)}");
        table.AddRow("time", Invariant($"{run.Seconds:F2} s") + (run.DryRun || run.FacesMade == 0 ? "" : Invariant($", {run.ImagesPerSecond:N0} faces a second ({run.Engine})")));
        terminal.Results.Write(table);
    }

    /// <summary>Adds a row for each reason code that occurs.</summary>
    public static void AddCodes(Table table, IEnumerable<KeyValuePair<string, long>> rejected)
    {
        foreach (var (code, count) in rejected)
        {
            if (count > 0) table.AddRow("  " + Terminal.Safe(code), Number(count));
        }
    }

    private static string Title(PreprocessSummary run) => run switch
    {
        { DryRun: true } => $"{run.Dataset}: what a run would do",
        { Committed: true } => $"{run.Dataset}: generation {run.Generation} committed",
        _ => $"{run.Dataset}: nothing changed, generation {run.Generation} stays",
    };
}
