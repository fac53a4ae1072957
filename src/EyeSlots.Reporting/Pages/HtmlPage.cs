using System.Globalization;
using System.Text;
using EyeSlots.Core.Storage;

namespace EyeSlots.Reporting.Pages;

/// <summary>
/// One HTML file that needs nothing else: no script, no request, its own styles, light or dark as its reader's system is. It holds no clock
/// and no machine, so the same content gives the same bytes.
/// </summary>
public sealed class HtmlPage
{
    // What a browser must refuse if anything of a page ever asked for it; pictures stand in the page.
    private const string Policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
    private readonly string title;
    private readonly List<(string Id, string Title)> sections = [];
    private readonly HtmlWriter body = new();

    internal HtmlPage(string title) => this.title = title;

    /// <summary>Adds a section, which the page's contents name.</summary>
    internal void Section(string heading, Action<HtmlSection> write)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"s{sections.Count + 1}");
        sections.Add((id, heading));
        body.Open("section", ("id", id), ("aria-labelledby", $"{id}-title"));
        body.Element("h2", heading, ("id", $"{id}-title"));
        write(new(body, id));
        body.Close("section");
    }

    /// <summary>Writes the file aside and then over what is there.</summary>
    /// <param name="path">The file; its folder is there.</param>
    /// <returns>Its bytes.</returns>
    /// <exception cref="EyeSlotsException">disk-full, or storage-failed.</exception>
    public long Save(string path)
    {
        var bytes = Encoding.UTF8.GetBytes(ToString());
        DurableFiles.Write(path, stream => stream.Write(bytes));
        return bytes.Length;
    }

    /// <summary>The whole file.</summary>
    public override string ToString()
    {
        var html = new HtmlWriter();
        html.Markup("<!DOCTYPE html>\n");
        html.Open("html", ("lang", "en"));
        WriteHead(html);
        html.Open("body");
        html.Open("main");
        html.Element("h1", title);
        WriteContents(html);
        html.Markup(body.ToString());
        html.Close("main");
        html.Close("body");
        html.Close("html");
        return html.ToString();
    }

    private void WriteHead(HtmlWriter html)
    {
        html.Open("head");
        html.Open("meta", ("charset", "utf-8"));
        html.Open("meta", ("http-equiv", "Content-Security-Policy"), ("content", Policy));
        html.Open("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
        html.Open("meta", ("name", "color-scheme"), ("content", "light dark"));
        html.Open("meta", ("name", "generator"), ("content", "EyeSlots"));
        html.Open("link", ("rel", "icon"), ("href", "data:,"));
        html.Element("title", title);
        html.Markup($"<style>\n{Styles.Text}</style>\n");
        html.Close("head");
    }

    private void WriteContents(HtmlWriter html)
    {
        if (sections.Count < 2) return;
        html.Open("nav", ("aria-label", "Contents"));
        html.Open("ul");
        foreach (var (id, heading) in sections)
        {
            html.Open("li");
            html.Element("a", heading, ("href", $"#{id}"));
            html.Close("li");
        }

        html.Close("ul");
        html.Close("nav");
    }
}
