using EyeSlots.Reporting.Pages;

namespace EyeSlots.Reporting.Datasets.Sections;

/// <summary>How the slots lie in their photographs.</summary>
internal static class SlotSection
{
    public static void Write(HtmlSection section, DatasetFacts facts)
    {
        RoundedCounts[] quantities = [facts.Theta, facts.Width, facts.Height, facts.Coverage];
        if (facts.Theta.Total == 0)
        {
            section.Paragraph("No crop was read.");
            return;
        }

        section.Table(Distributions.Table("Geometry of the crops", quantities));
        section.Paragraph(
            Phrase.Of(facts.Coverage.At(1)), " of ", Phrase.Of(facts.Coverage.Total), " slots lie wholly inside their photograph: a coverage of 1.000.");
        section.Figures(Distributions.Histograms(quantities));
    }
}
