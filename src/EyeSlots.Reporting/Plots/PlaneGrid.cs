using EyeSlots.Reporting.Pages;
using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace EyeSlots.Reporting.Plots;

/// <summary>A square from -1 to 1 both ways, cut into cells whose colours tell a number; empty cells have none.</summary>
/// <param name="title">Its heading.</param>
/// <param name="text">What is to be seen in it.</param>
/// <param name="x">What goes from left to right.</param>
/// <param name="y">What goes upwards.</param>
/// <param name="side">Cells of a side.</param>
internal abstract class PlaneGrid(string title, string text, string x, string y, int side) : Plot(title, text)
{
    /// <summary>Whether the line is drawn on which both are equal.</summary>
    public bool WithIdentity { get; init; }

    /// <summary>What goes from left to right.</summary>
    protected string X => x;

    /// <summary>What goes upwards.</summary>
    protected string Y => y;

    /// <summary>Cells of a side.</summary>
    protected int Side => side;

    /// <summary>Where the cell begins, of a number from 0.</summary>
    protected Phrase Begin(int cell) => Phrase.Of(((2.0 * cell) - side) / side, 2);

    /// <summary>The number that a cell's colour tells; NaN where it has none.</summary>
    protected abstract double Shown(int column, int row);

    /// <summary>The axis of colours.</summary>
    protected abstract LinearColorAxis Colours(Palette palette);

    /// <inheritdoc/>
    protected override void Draw(PlotModel model, Palette palette)
    {
        foreach (var (position, label) in ((AxisPosition, string)[])[(AxisPosition.Bottom, x), (AxisPosition.Left, y)])
        {
            var axis = Axis(position, label, palette);
            (axis.Minimum, axis.Maximum, axis.MajorStep, axis.MajorGridlineStyle) = (-1, 1, 0.5, LineStyle.None);
            model.Axes.Add(axis);
        }

        model.Axes.Add(WithLook(Colours(palette), palette));
        model.Series.Add(Cells());
        if (WithIdentity) model.Annotations.Add(new LineAnnotation { Slope = 1, Intercept = 0, Color = palette.Ink, LineStyle = LineStyle.Dash, StrokeThickness = 1 });
    }

    private static LinearColorAxis WithLook(LinearColorAxis axis, Palette palette)
    {
        (axis.Position, axis.TextColor, axis.TicklineColor, axis.AxislineColor, axis.FontSize) = (AxisPosition.Right, palette.Ink, palette.Ink, palette.Ink, FontSize);
        (axis.InvalidNumberColor, axis.MinorTickSize) = (OxyColors.Undefined, 0);
        return axis;
    }

    private HeatMapSeries Cells()
    {
        var values = new double[side, side];
        for (var column = 0; column < side; column++)
            for (var row = 0; row < side; row++) values[column, row] = Shown(column, row);
        var edge = 1 - (1.0 / side); // centres of the outer cells
        return new() { X0 = -edge, X1 = edge, Y0 = -edge, Y1 = edge, Data = values, Interpolate = false, RenderMethod = HeatMapRenderMethod.Rectangles };
    }
}
