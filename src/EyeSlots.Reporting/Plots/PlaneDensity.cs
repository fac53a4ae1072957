using EyeSlots.Reporting.Pages;
using OxyPlot;
using OxyPlot.Axes;

namespace EyeSlots.Reporting.Plots;

/// <summary>How many faces lie in each cell of a plane: true values, or true against predicted ones.</summary>
/// <param name="title">Its heading.</param>
/// <param name="text">What is to be seen in it.</param>
/// <param name="x">What goes from left to right.</param>
/// <param name="y">What goes upwards.</param>
/// <param name="counts">As many columns as rows, of the lowest values first.</param>
internal sealed class PlaneDensity(string title, string text, string x, string y, long[,] counts) : PlaneGrid(title, text, x, y, counts.GetLength(0))
{
    /// <inheritdoc/>
    public override HtmlTable Numbers => new(
        $"{Title}: cells that are not empty", [$"{X} from", $"{Y} from", "faces"],
        [.. from column in Enumerable.Range(0, Side) from row in Enumerable.Range(0, Side) where counts[column, row] > 0
            select (IReadOnlyList<Cell>)[Begin(column), Begin(row), counts[column, row]]]);

    /// <summary>A cell of a value on a side of so many; what lies outside counts at the edge.</summary>
    public static int CellOf(double value, int side) => Math.Clamp((int)Math.Floor((value + 1) * side / 2), 0, side - 1);

    /// <inheritdoc/>
    protected override double Shown(int column, int row) => counts[column, row] is > 0 and var count ? count : double.NaN;

    /// <inheritdoc/>
    protected override LinearColorAxis Colours(Palette palette) => new()
    {
        Palette = palette.Counts, Minimum = 0, Maximum = Math.Max(1, counts.Cast<long>().Max()), StringFormat = "N0", MinimumMajorStep = 1,
    };
}
