using EyeSlots.Core.Annotations;
using EyeSlots.Reporting.Pages;

namespace EyeSlots.Reporting.Datasets.Sections;

/// <summary>Counts by list, of faces and of labels.</summary>
internal static class ListSection
{
    public static void Write(HtmlSection section, IReadOnlyList<ListFacts> lists)
    {
        if (lists.Count == 0)
        {
            section.Paragraph("The generation has no list.");
            return;
        }

        var shown = lists.Take(Clipped.MostRows).ToList();
        section.Table(new("Faces by list", ["list", "shards", "faces", "crops", "rejected", "of all", "with both labels", "mean valence", "mean arousal"],
            [.. shown.Select(list => (IReadOnlyList<Cell>)
            [
                list.Name, list.Shards, list.Totals.Faces, list.Totals.Rows, list.Totals.Rejected, new Cell([Quantity.Percent(list.Totals.Rejected, list.Totals.Faces)], true),
                list.Labelled, Mean(list.Valence), Mean(list.Arousal),
            ])]));
        Clipped.SayRest(section, lists.Count, "list");
        int[] expressions = [.. Enumerable.Range(0, Expressions.Last + 1).Where(expression => lists.Any(list => list.Expressions[expression] > 0))];
        section.Table(new("Crops by expression", ["list", .. expressions.Select(Expressions.NameOf), "not stated"],
            [.. shown.Select(list => (IReadOnlyList<Cell>)[list.Name, .. expressions.Select(expression => (Cell)list.Expressions[expression]), list.WithoutExpression])]));
    }

    private static Phrase Mean(RoundedCounts labels) => Phrase.Signed(labels.Total == 0 ? null : labels.Mean);
}
