using System.Globalization;
using EyeSlots.Reporting.Pages;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace EyeSlots.Reporting.Plots;

/// <summary>How often values fall between two others.</summary>
/// <param name="title">Its heading.</param>
/// <param name="text">What is to be seen in it.</param>
/// <param name="x">What was measured, and its unit.</param>
/// <param name="from">Where the first bin begins.</param>
/// <param name="width">Of a bin.</param>
/// <param name="counts">Of each bin.</param>
internal sealed class Histogram(string title, string text, string x, double from, double width, IReadOnlyList<long> counts) : Plot(title, text)
{
    private const double Gap = 0.04; // of a bin, at each of its sides
    private const string Number = "0.######";

    /// <inheritdoc/>
    public override HtmlTable Numbers => new(
        $"{Title}: {x}", ["from", "to", "number"],
        [.. counts.Index().Where(bin => bin.Item > 0).Select(bin => (IReadOnlyList<Cell>)[Edge(bin.Index), Edge(bin.Index + 1), bin.Item])]);

    /// <inheritdoc/>
    protected override void Draw(PlotModel model, Palette palette)
    {
        model.Axes.Add(Axis(AxisPosition.Bottom, x, palette));
        var left = Axis(AxisPosition.Left, "number", palette);
        (left.Minimum, left.StringFormat) = (0, "N0");
        model.Axes.Add(left);
        var bars = new RectangleBarSeries { FillColor = palette.Line(0), StrokeThickness = 0 };
        foreach (var (bin, count) in counts.Index())
        {
            if (count > 0) bars.Items.Add(new(from + (width * (bin + Gap)), 0, from + (width * (bin + 1 - Gap)), count));
        }

        model.Series.Add(bars);
    }

    private Phrase Edge(int bin) => new((from + (width * bin)).ToString(Number, CultureInfo.InvariantCulture), (from + (width * bin)).ToString("R", CultureInfo.InvariantCulture));
}
