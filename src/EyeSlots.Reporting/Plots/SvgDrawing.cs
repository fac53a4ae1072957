using System.Globalization;
using System.Xml.Linq;
using EyeSlots.Reporting.Pages;
using OxyPlot;

namespace EyeSlots.Reporting.Plots;

/// <summary>Makes a drawing part of a page: it takes the width that there is, the page's font, and ids that no other drawing has.</summary>
internal static class SvgDrawing
{
    /// <summary>The element.</summary>
    /// <param name="model">What is drawn.</param>
    /// <param name="name">What is read where it is not seen.</param>
    /// <param name="theme">The ground on which it is shown.</param>
    /// <param name="prefix">Its ids begin with it.</param>
    /// <param name="width">Units across.</param>
    /// <param name="height">Units down.</param>
    public static string Of(PlotModel model, string name, Theme theme, string prefix, double width, double height)
    {
        var drawn = new SvgExporter { Width = width, Height = height, IsDocument = false, TextMeasurer = new WideText() }.ExportToString(model);
        if (model.GetLastPlotException() is { } error) throw new InvalidOperationException($"'{name}' cannot be drawn.", error);
        var svg = XElement.Parse(drawn);
        foreach (var one in svg.DescendantsAndSelf()) Adapt(one, prefix);
        svg.ReplaceAttributes(
            new XAttribute("class", theme == Theme.Light ? "light" : "dark"), new XAttribute("role", "img"), new XAttribute("aria-label", name),
            new XAttribute("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {width} {height}")));
        return svg.ToString(SaveOptions.DisableFormatting);
    }

    private static void Adapt(XElement element, string prefix)
    {
        element.Name = element.Name.LocalName; // HTML knows the elements of SVG by their place
        element.Attribute("font-family")?.Remove();
        if (element.Attribute("id") is { } id) id.Value = $"{prefix}-{id.Value}";
        if (element.Attribute("clip-path") is { } clip) clip.Value = clip.Value.Replace("url(#", $"url(#{prefix}-", StringComparison.Ordinal);
    }
}
