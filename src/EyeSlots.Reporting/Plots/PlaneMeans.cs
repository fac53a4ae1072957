using EyeSlots.Reporting.Pages;
using OxyPlot.Axes;

namespace EyeSlots.Reporting.Plots;

/// <summary>A mean that may lie below or above zero in each cell of a plane: how predictions are off there.</summary>
/// <param name="title">Its heading.</param>
/// <param name="text">What is to be seen in it.</param>
/// <param name="x">What goes from left to right.</param>
/// <param name="y">What goes upwards.</param>
/// <param name="cells">As many columns as rows, of the lowest values first.</param>
internal sealed class PlaneMeans(string title, string text, string x, string y, CellMean[,] cells) : PlaneGrid(title, text, x, y, cells.GetLength(0))
{
    /// <inheritdoc/>
    public override HtmlTable Numbers => new(
        $"{Title}: cells that are not empty", [$"{X} from", $"{Y} from", "faces", "mean"],
        [.. from column in Enumerable.Range(0, Side) from row in Enumerable.Range(0, Side) let cell = cells[column, row] where cell.Count > 0
            select (IReadOnlyList<Cell>)[Begin(column), Begin(row), cell.Count, Phrase.Signed(cell.Mean)]]);

    /// <inheritdoc/>
    protected override double Shown(int column, int row) => cells[column, row].Mean ?? double.NaN;

    /// <inheritdoc/>
    protected override LinearColorAxis Colours(Palette palette)
    {
        var most = Math.Max(0.1, cells.Cast<CellMean>().Max(cell => Math.Abs(cell.Mean ?? 0)));
        return new() { Palette = palette.Signed, Minimum = -most, Maximum = most };
    }
}

/// <summary>A sum of numbers and how many there are.</summary>
/// <param name="Count">How many.</param>
/// <param name="Sum">Of them.</param>
internal readonly record struct CellMean(long Count, double Sum)
{
    /// <summary>Null of none.</summary>
    public double? Mean => Count == 0 ? null : Sum / Count;

    /// <summary>With one number more.</summary>
    public CellMean With(double value) => new(Count + 1, Sum + value);
}
