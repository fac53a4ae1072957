using System.Globalization;

namespace EyeSlots.Reporting.Pages;

/// <summary>What stands below one heading of a page, in the order in which it is written.</summary>
/// <param name="html">The page.</param>
/// <param name="id">The section's, which those of its drawings begin with.</param>
internal sealed class HtmlSection(HtmlWriter html, string id)
{
    private int figures;

    /// <summary>A paragraph.</summary>
    public void Paragraph(params ReadOnlySpan<Phrase> phrases) => Paragraph("", phrases);

    /// <summary>A paragraph that must not be passed over.</summary>
    public void Warning(params ReadOnlySpan<Phrase> phrases) => Paragraph("warning", phrases);

    /// <summary>A heading within the section.</summary>
    public void Heading(string text) => html.Element("h3", text);

    /// <summary>A table, which may be wider than the window and is then moved within its own frame.</summary>
    public void Table(HtmlTable table)
    {
        html.Open("div", ("class", "wide"), ("role", "group"), ("tabindex", "0"), ("aria-label", table.Caption));
        html.Open("table");
        html.Element("caption", table.Caption);
        html.Open("thead");
        Row([.. table.Columns.Index()], column => html.Element("th", column.Item, [("scope", "col"), .. Aligned(table.Rows.Any(row => row[column.Index].IsNumber))]));
        html.Close("thead");
        html.Open("tbody");
        foreach (var row in table.Rows) Row([.. row.Index()], cell => Write(cell.Item, cell.Index == 0));
        html.Close("tbody");
        html.Close("table");
        html.Close("div");
    }

    /// <summary>Figures, beside each other where the window is wide enough.</summary>
    public void Figures(params IEnumerable<HtmlFigure> several)
    {
        html.Open("div", ("class", "figures"));
        foreach (var figure in several) Figure(figure);
        html.Close("div");
    }

    /// <summary>Pictures, as many in a row as the window holds.</summary>
    public void Pictures(IEnumerable<CaptionedPicture> pictures)
    {
        html.Open("div", ("class", "pictures"));
        foreach (var (picture, alternative, caption) in pictures)
        {
            html.Open("figure", ("class", "picture"));
            html.Open("img", ("src", $"data:{picture.MediaType};base64,{Convert.ToBase64String(picture.Bytes.Span)}"), ("alt", alternative));
            html.Open("figcaption");
            foreach (var line in caption) Line(line);
            html.Close("figcaption");
            html.Close("figure");
        }

        html.Close("div");
    }

    /// <summary>What is folded up until somebody asks for it.</summary>
    public void Details(string summary, Action<HtmlSection> write)
    {
        html.Open("details");
        html.Element("summary", summary);
        write(this);
        html.Close("details");
    }

    private void Figure(HtmlFigure figure)
    {
        var prefix = string.Create(CultureInfo.InvariantCulture, $"{id}-{++figures}");
        html.Open("figure");
        html.Element("h3", figure.Title);
        foreach (var theme in Enum.GetValues<Theme>()) html.Markup(figure.Svg(theme, $"{prefix}-{theme}") + "\n");
        html.Element("figcaption", figure.Text);
        Details("Numbers", _ => Table(figure.Numbers));
        html.Close("figure");
    }

    private void Paragraph(string kind, ReadOnlySpan<Phrase> phrases)
    {
        html.Open("p", kind.Length == 0 ? [] : [("class", kind)]);
        html.Phrases(phrases);
        html.Close("p");
    }

    private void Line(IReadOnlyList<Phrase> phrases)
    {
        html.Open("div");
        html.Phrases([.. phrases]);
        html.Close("div");
    }

    private void Row<T>(IReadOnlyList<T> cells, Action<T> write)
    {
        html.Open("tr");
        foreach (var cell in cells) write(cell);
        html.Close("tr");
    }

    private void Write(Cell cell, bool isFirst)
    {
        var tag = isFirst ? "th" : "td";
        html.Open(tag, [.. isFirst ? [("scope", "row")] : ((string, string)[])[], .. Aligned(cell.IsNumber)]);
        html.Phrases([.. cell.Phrases]);
        html.Close(tag);
    }

    private static (string Name, string Value)[] Aligned(bool isNumber) => isNumber ? [("class", "number")] : [];
}
