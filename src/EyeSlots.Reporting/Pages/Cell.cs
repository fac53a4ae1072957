namespace EyeSlots.Reporting.Pages;

/// <summary>A cell of a table.</summary>
/// <param name="Phrases">What it holds.</param>
/// <param name="IsNumber">Whether it stands to the right, as numbers do.</param>
internal readonly record struct Cell(IReadOnlyList<Phrase> Phrases, bool IsNumber)
{
    /// <summary>Text.</summary>
    public static implicit operator Cell(string text) => new([text], false);

    /// <summary>A number, or text.</summary>
    public static implicit operator Cell(Phrase phrase) => new([phrase], phrase.Value is not null || phrase.Shown == Phrase.Missing);

    /// <summary>A whole number.</summary>
    public static implicit operator Cell(long value) => Phrase.Of(value);

    /// <summary>A number with three decimals, or the sign of none.</summary>
    public static implicit operator Cell(double? value) => Phrase.Of(value);
}

/// <summary>A table: what it is of, what its columns are, and its rows; the first cell of a row names it.</summary>
/// <param name="Caption">What it is of.</param>
/// <param name="Columns">A heading for each column.</param>
/// <param name="Rows">As many cells in each.</param>
internal sealed record HtmlTable(string Caption, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<Cell>> Rows);
