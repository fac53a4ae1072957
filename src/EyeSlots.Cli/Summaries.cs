using EyeSlots.Core;
using EyeSlots.Preprocessing.Jobs;
using Spectre.Console;

namespace EyeSlots.Cli;

/// <summary>How results look on a screen.</summary>
internal static class Summaries
{
    /// <summary>What a run did.</summary>
    public static void Show(Terminal terminal, PreprocessSummary run)
    {
        var rejected = run.Rejected.Values.Sum();
        var table = Terminal.Facts(Title(run));
        table.AddRow("faces", Quantity.Number(run.Faces));
        if (run.Rows is { } rows) table.AddRow("crops", Quantity.Number(rows));
        table.AddRow("rejected", rejected == 0 ? "none" : $"[yellow]{Quantity.Number(rejected)}[/] ({Quantity.Percent(rejected, run.Faces)})");
        AddCodes(table, run.Rejected);
        if (run.FirstLinkOut is { } link) table.AddRow("  links", $"[yellow]{Terminal.Safe(link)}[/] leads out of --images; --follow-links reads through such");
        table.AddRow("shards", $"{Quantity.Number(run.Shards)}: {Quantity.Number(run.ShardsMade)} {(run.DryRun ? "to make" : "made")}, {Quantity.Number(run.ShardsKept)} kept");
        if (!run.DryRun) table.AddRow("read, written", $"{Read(run)}, {Quantity.Bytes(run.BytesWritten)}");
        table.AddRow("time", FormattableString.Invariant($"{run.Seconds:F2} s") + (run.DryRun || run.FacesMade == 0 ? "" : FormattableString.Invariant($", {run.ImagesPerSecond:N0} faces a second ({run.Engine})")));
        terminal.Results.Write(table);
    }

    /// <summary>Adds a row for each reason code that occurs.</summary>
    public static void AddCodes(Table table, IEnumerable<KeyValuePair<string, long>> rejected)
    {
        foreach (var (code, count) in rejected)
        {
            if (count > 0) table.AddRow("  " + Terminal.Safe(code), Quantity.Number(count));
        }
    }

    private static string Read(PreprocessSummary run) =>
        run.BytesRead < run.BytesThere ? $"{Quantity.Bytes(run.BytesRead)} of {Quantity.Bytes(run.BytesThere)}" : Quantity.Bytes(run.BytesRead);

    private static string Title(PreprocessSummary run) => run switch
    {
        { DryRun: true } => $"{run.Dataset}: what a run would do",
        { Committed: true } => $"{run.Dataset}: generation {run.Generation} committed",
        _ => $"{run.Dataset}: nothing changed, generation {run.Generation} stays",
    };
}
