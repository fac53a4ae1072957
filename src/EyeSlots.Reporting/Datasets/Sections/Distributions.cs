using EyeSlots.Reporting.Pages;
using EyeSlots.Reporting.Plots;

namespace EyeSlots.Reporting.Datasets.Sections;

/// <summary>Quantities as tables of their quantiles and as histograms.</summary>
internal static class Distributions
{
    private const int MostBars = 40;

    /// <summary>A row for each quantity that a face has.</summary>
    public static HtmlTable Table(string caption, params IEnumerable<RoundedCounts> quantities) => new(
        caption, ["quantity", "faces", "least", "5 %", "median", "95 %", "most", "mean"], [.. quantities.Where(counts => counts.Total > 0).Select(Row)]);

    /// <summary>A histogram of each quantity in which faces differ.</summary>
    public static IEnumerable<HtmlFigure> Histograms(params IEnumerable<RoundedCounts> quantities) => quantities.Where(counts => !counts.IsConstant).Select(Histogram);

    private static Histogram Histogram(RoundedCounts counts)
    {
        var (quantity, bars) = (counts.Quantity, counts.ToBars(MostBars));
        var middle = $"Half of {Quantity.Of(counts.Total, "face")} lie between {quantity.Text(counts.Quantile(0.25))} and {quantity.Text(counts.Quantile(0.75))}";
        var outside = bars.Below + bars.Above == 0 ? "." : $"; {Quantity.Number(bars.Below)} below and {Quantity.Number(bars.Above)} above what is drawn.";
        return new(quantity.Name, middle + outside, quantity.Axis, bars.LowOf(0), bars.LowOf(1) - bars.LowOf(0), bars.Counts);
    }

    private static Cell[] Row(RoundedCounts counts)
    {
        Phrase At(double share) => Phrase.Of(counts.Quantile(share), counts.Quantity.Decimals);
        return [$"{counts.Quantity.Axis}", counts.Total, At(0), At(0.05), At(0.5), At(0.95), At(1), Phrase.Of(counts.Mean)];
    }
}
