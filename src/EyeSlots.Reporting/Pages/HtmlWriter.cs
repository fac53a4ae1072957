using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace EyeSlots.Reporting.Pages;

/// <summary>Writes elements. Every text and every value of an attribute is escaped here, and nowhere else; only drawings come as markup.</summary>
internal sealed class HtmlWriter
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);
    private readonly StringBuilder html = new();

    /// <summary>Begins an element.</summary>
    public void Open(string tag, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        html.Append('<').Append(tag);
        foreach (var (name, value) in attributes) html.Append(' ').Append(name).Append("=\"").Append(Encoder.Encode(value)).Append('"');
        html.Append('>');
    }

    /// <summary>Ends it; a line break keeps the file readable.</summary>
    public void Close(string tag) => html.Append("</").Append(tag).Append('>').Append('\n');

    /// <summary>Writes text.</summary>
    public void Text(string text) => html.Append(Encoder.Encode(text));

    /// <summary>Writes an element that holds text alone.</summary>
    public void Element(string tag, string text, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Open(tag, attributes);
        Text(text);
        Close(tag);
    }

    /// <summary>Writes phrases, each number with its exact value beside what is shown.</summary>
    public void Phrases(params ReadOnlySpan<Phrase> phrases)
    {
        foreach (var phrase in phrases)
        {
            if (phrase.Value is null)
            {
                Text(phrase.Shown);
                continue;
            }

            Open("data", ("value", phrase.Value));
            Text(phrase.Shown);
            html.Append("</data>");
        }
    }

    /// <summary>Writes what another library of elements has made: a drawing, or the page's own styles.</summary>
    public void Markup(string markup) => html.Append(markup);

    /// <inheritdoc/>
    public override string ToString() => html.ToString();
}
