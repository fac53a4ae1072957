using EyeSlots.Reporting.Pages;
using OxyPlot;
using OxyPlot.Axes;

namespace EyeSlots.Reporting.Plots;

/// <summary>A figure that OxyPlot draws: managed code that needs no font and no library of the machine, so bytes are the same on all.</summary>
/// <param name="title">Its heading.</param>
/// <param name="text">What is to be seen in it.</param>
internal abstract class Plot(string title, string text) : HtmlFigure(title, text)
{
    /// <summary>Units of a drawing; as many pixels of a telephone, so that its text is not made smaller there.</summary>
    protected const double Width = 360, Height = 270;

    /// <summary>Of the text in a drawing.</summary>
    protected const double FontSize = 11;

    /// <inheritdoc/>
    public sealed override string Svg(Theme theme, string prefix) => SvgDrawing.Of(Model(theme), Title, theme, prefix, Width, Height);

    /// <summary>The drawing for a ground.</summary>
    protected abstract void Draw(PlotModel model, Palette palette);

    /// <summary>An axis in the page's colours.</summary>
    protected static LinearAxis Axis(AxisPosition position, string label, Palette palette) => new()
    {
        Position = position, Title = label, TextColor = palette.Ink, TitleColor = palette.Ink, TicklineColor = palette.Ink, AxislineColor = palette.Ink,
        MajorGridlineStyle = LineStyle.Solid, MajorGridlineColor = palette.Grid, MinorTickSize = 0, MajorTickSize = 4, FontSize = FontSize, TitleFontSize = FontSize,
        IntervalLength = 50, AxisTitleDistance = 6,
    };

    private PlotModel Model(Theme theme)
    {
        var palette = Palette.For(theme);
        var model = new PlotModel
        {
            Culture = System.Globalization.CultureInfo.InvariantCulture, PlotAreaBorderColor = palette.Ink, TextColor = palette.Ink,
            DefaultFontSize = FontSize, Padding = new(4, 8, 12, 4), Background = OxyColors.Transparent,
        };
        Draw(model, palette);
        return model;
    }
}
