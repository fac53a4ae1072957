using EyeSlots.Reporting.Pages;
using EyeSlots.Reporting.Plots;

namespace EyeSlots.Reporting.Datasets.Sections;

/// <summary>Where the labels lie in the plane of valence and arousal.</summary>
internal static class LabelSection
{
    public static void Write(HtmlSection section, DatasetFacts facts)
    {
        RoundedCounts[] labels = [.. new[] { facts.Valence, facts.Arousal }.Where(label => label.Total > 0)];
        var both = facts.Lists.Sum(list => list.Labelled);
        section.Paragraph(Phrase.Of(both), " of ", Phrase.Of(facts.Read), " crops have both labels.");
        if (labels.Length == 0) return;
        section.Table(Distributions.Table("Labels of the crops", labels));
        section.Figures([.. Plane(facts, both), .. Distributions.Histograms(labels)]);
    }

    private static IEnumerable<HtmlFigure> Plane(DatasetFacts facts, long both)
    {
        if (both == 0) yield break;
        var empty = facts.Plane.Cast<long>().Count(count => count == 0);
        yield return new PlaneDensity(
            "Plane of valence and arousal", $"Where {Quantity.Of(both, "crop")} with both labels lie. {Quantity.Number(empty)} of {facts.Plane.Length} cells are empty.",
            "valence", "arousal", facts.Plane);
    }
}
