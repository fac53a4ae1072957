using EyeSlots.Reporting.Pages;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace EyeSlots.Reporting.Plots;

/// <summary>Lines over a common axis, such as losses over epochs; each with a colour and with dashes of its own.</summary>
/// <param name="title">Its heading.</param>
/// <param name="text">What is to be seen in it.</param>
/// <param name="x">What is counted from left to right, in whole numbers.</param>
/// <param name="y">What is measured.</param>
/// <param name="curves">The lines.</param>
internal sealed class Curves(string title, string text, string x, string y, IReadOnlyList<Curve> curves) : Plot(title, text)
{
    private const int FewPoints = 60;
    private const double Thickness = 2, Marker = 2.5;

    /// <inheritdoc/>
    public override HtmlTable Numbers => new(
        $"{Title}: {y}", [x, .. curves.Select(curve => curve.Name)],
        [.. curves.SelectMany(curve => curve.Points.Keys).Distinct().Order().Select(at => (IReadOnlyList<Cell>)
            [(long)at, .. curves.Select(curve => (Cell)Phrase.Of(curve.Points.TryGetValue(at, out var value) ? value : null, 4))])]);

    /// <inheritdoc/>
    protected override void Draw(PlotModel model, Palette palette)
    {
        var bottom = Axis(AxisPosition.Bottom, x, palette);
        bottom.MinimumMajorStep = 1; // there is no half epoch
        model.Axes.Add(bottom);
        model.Axes.Add(Axis(AxisPosition.Left, y, palette));
        model.Legends.Add(new Legend
        {
            LegendPlacement = LegendPlacement.Outside, LegendPosition = LegendPosition.BottomCenter, LegendOrientation = LegendOrientation.Horizontal,
            LegendTextColor = palette.Ink, LegendFontSize = FontSize, LegendSymbolLength = 30, LegendBorderThickness = 0, LegendMargin = 2,
        });
        foreach (var (number, curve) in curves.Index()) model.Series.Add(Line(curve, number, palette));
    }

    private static LineSeries Line(Curve curve, int number, Palette palette)
    {
        var line = new LineSeries
        {
            Title = curve.Name, Color = palette.Line(number), LineStyle = Palette.Dash(number), StrokeThickness = Thickness,
            MarkerType = curve.Points.Count <= FewPoints ? MarkerType.Circle : MarkerType.None, MarkerSize = Marker, MarkerFill = palette.Line(number),
        };
        foreach (var (at, value) in curve.Points) line.Points.Add(value is { } known ? new(at, known) : DataPoint.Undefined);
        return line;
    }
}

/// <summary>A line.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Points">Its values; null where it has none.</param>
internal sealed record Curve(string Name, SortedDictionary<int, double?> Points);
