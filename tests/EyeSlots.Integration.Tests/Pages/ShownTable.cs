using System.Globalization;
using System.Text.Json;

namespace EyeSlots.Integration.Tests.Pages;

/// <summary>A table as a reader of the page finds it, each cell with the exact values beside what is shown.</summary>
internal sealed record ShownTable(string Caption, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<ShownCell>> Rows)
{
    private const string Script =
        """
        () => JSON.stringify([...document.querySelectorAll('table')].map(table => ({
          Caption: table.caption.textContent,
          Columns: [...table.tHead.rows[0].cells].map(cell => cell.textContent.trim()),
          Rows: [...table.tBodies[0].rows].map(row => [...row.cells].map(cell => ({
            Text: cell.textContent.replace(/\n$/, ''), Values: [...cell.querySelectorAll('data')].map(value => value.value), Shown: [...cell.querySelectorAll('data')].map(value => value.textContent) }))),
        })))
        """;

    /// <summary>Every table of a page, in order.</summary>
    public static async Task<IReadOnlyList<ShownTable>> AllAsync(OpenPage opened) => JsonSerializer.Deserialize<ShownTable[]>(await opened.Page.EvaluateAsync<string>(Script))!;

    /// <summary>The exact numbers of a row, of all its cells behind the first that are asked for.</summary>
    public double[] Numbers(string row) => Numbers(Rows.Single(cells => cells[0].Text == row), 1);

    /// <summary>The exact numbers of every row.</summary>
    public double[][] AllNumbers(int from = 0) => [.. Rows.Select(row => Numbers(row, from))];

    private static double[] Numbers(IReadOnlyList<ShownCell> row, int from) => [.. row.Skip(from).SelectMany(cell => cell.Numbers)];
}

/// <summary>A cell.</summary>
internal sealed record ShownCell(string Text, IReadOnlyList<string> Values, IReadOnlyList<string> Shown)
{
    /// <summary>The exact numbers; what is shown of each must be it, but for rounding.</summary>
    public IEnumerable<double> Numbers => Values.Zip(Shown, (value, shown) =>
    {
        var (exact, rounded) = (double.Parse(value, CultureInfo.InvariantCulture), double.Parse(shown, NumberStyles.Any, CultureInfo.InvariantCulture));
        var digits = shown.Contains('E', StringComparison.Ordinal) ? 12 : shown.Contains('.', StringComparison.Ordinal) ? shown.Length - shown.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
        Assert.Equal(exact, rounded, 0.5000001 * Math.Pow(10, -digits));
        return exact;
    });
}
