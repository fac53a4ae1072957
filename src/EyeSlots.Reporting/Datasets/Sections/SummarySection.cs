using EyeSlots.Core.Manifests;
using EyeSlots.Reporting.Pages;

namespace EyeSlots.Reporting.Datasets.Sections;

/// <summary>The generation in short: how much, when, how, and what of it is damaged.</summary>
internal static class SummarySection
{
    private const int MostDamaged = 20;

    public static void Write(HtmlSection section, DatasetReport report)
    {
        var (manifest, totals) = (report.Manifest, report.Totals);
        if (report.Pictures is { Faces.Count: > 0 } or { Rejected.Count: > 0 }) section.Warning(Licence.Text);
        WriteDamage(section, report, totals);
        section.Table(new("The generation", ["what", "how much"],
        [
            Fact("faces", Phrase.Of(totals.Faces)), Fact("crops", Phrase.Of(totals.Rows)),
            Fact("rejected", Phrase.Of(totals.Rejected), $" ({Quantity.Percent(totals.Rejected, totals.Faces)})"),
            Fact("shards", Phrase.Of(manifest.Content.Shards.Count), $", {Quantity.Bytes(totals.Bytes)}"),
            Fact("committed", FormattableString.Invariant($"{manifest.Run.Committed.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC by {Clipped.Text(manifest.Run.Engine)}")),
            Fact("its run", Phrase.Of(manifest.Run.ShardsMade), " shards made, ", Phrase.Of(manifest.Run.ShardsKept), " kept, ", Phrase.Of(manifest.Run.Seconds, 1), " seconds"),
            Fact("program", Clipped.Text(manifest.Run.Program)),
        ]));
        section.Table(new("Parameters of the job", ["parameter", "value"],
            [.. manifest.Content.Parameters.Take(Clipped.MostRows).Select(one => (IReadOnlyList<Cell>)[Clipped.Text(one.Key), Clipped.Text(one.Value?.ToString() ?? "none")])]));
    }

    // To the left, numbers too: they are of different things.
    private static Cell[] Fact(string what, params Phrase[] phrases) => [what, new(phrases, false)];

    private static void WriteDamage(HtmlSection section, DatasetReport report, ManifestTotals totals)
    {
        var damaged = report.Damaged;
        if (damaged.Count == 0) return;
        section.Warning(
            $"{Quantity.Of(damaged.Count, "shard")} could not be read. Counts by list and by code are the manifest's; whatever else this page says is of ",
            Phrase.Of(report.Facts.Read), " of ", Phrase.Of(totals.Rows), " crops. Delete the damaged files and run preprocess again.");
        section.Table(new("Damaged", ["shard", "what is wrong"], [.. damaged.Take(MostDamaged).Select(one => (IReadOnlyList<Cell>)[one.Fingerprint, Damage(report, one)])]));
        if (damaged.Count > MostDamaged) section.Paragraph($"And {Quantity.Number(damaged.Count - MostDamaged)} more, which eyeslots verify names.");
    }

    // What is wrong may name a face, and a page without pictures names none.
    private static string Damage(DatasetReport report, VerifyProblem problem) => report.Pictures is null ? "eyeslots verify says what" : Clipped.Text(problem.Detail);
}
