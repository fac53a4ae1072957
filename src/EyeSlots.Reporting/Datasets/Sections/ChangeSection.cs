using EyeSlots.Core.Manifests;
using EyeSlots.Reporting.Pages;

namespace EyeSlots.Reporting.Datasets.Sections;

/// <summary>What the generation before had not.</summary>
internal static class ChangeSection
{
    public static void Write(HtmlSection section, Manifest now, GenerationChange? change)
    {
        if (change is null)
        {
            section.Paragraph(now.Generation == 1 ? "This is the first generation." : "No generation before this one is there any more.");
            return;
        }

        var diff = change.Diff;
        section.Paragraph(
            $"Since generation {change.Before}: ", Phrase.Of(diff.Added.Count), " shards added, ", Phrase.Of(diff.Removed.Count), " removed, ", Phrase.Of(diff.Kept),
            " kept; ", Signed(diff.Faces), " faces, ", Signed(diff.Rows), " crops, ", Signed(diff.Rejected), " rejected. ",
            diff.SameParameters ? "The parameters are the same." : "The parameters are not the same.");
        WriteLists(section, change);
        var (codes, parameters) = (change.Codes(), change.Parameters());
        if (codes.Count > 0)
        {
            section.Table(new("Rejected faces by code", ["code", "before", "now", "change"],
                [.. codes.Select(code => (IReadOnlyList<Cell>)[code.Code, code.Before, code.Now, Signed(code.Now - code.Before)])]));
        }

        if (parameters.Count > 0)
        {
            section.Table(new("Parameters that changed", ["parameter", "before", "now"],
                [.. parameters.Take(Clipped.MostRows).Select(one => (IReadOnlyList<Cell>)[Clipped.Text(one.Name), Clipped.Text(one.Before), Clipped.Text(one.Now)])]));
        }
    }

    private static void WriteLists(HtmlSection section, GenerationChange change)
    {
        var lists = change.Lists();
        if (lists.Count == 0) return;
        section.Table(new("Lists with other shards than before", ["list", "faces before", "now", "crops before", "now", "rejected before", "now"],
            [.. lists.Take(Clipped.MostRows).Select(list => (IReadOnlyList<Cell>)
                [list.List, list.Before.Faces, list.Now.Faces, list.Before.Rows, list.Now.Rows, list.Before.Rejected, list.Now.Rejected])]));
        Clipped.SayRest(section, lists.Count, "list");
    }

    private static Phrase Signed(long change) => Phrase.Of(change) is var phrase && change > 0 ? phrase with { Shown = "+" + phrase.Shown } : phrase;
}
