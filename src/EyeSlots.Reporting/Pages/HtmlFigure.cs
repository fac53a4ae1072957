namespace EyeSlots.Reporting.Pages;

/// <summary>A drawing in a light and a dark form, with what it shows in words, and its numbers as a table.</summary>
/// <param name="title">Its heading.</param>
/// <param name="text">What is to be seen in it.</param>
internal abstract class HtmlFigure(string title, string text)
{
    /// <summary>Its heading.</summary>
    public string Title { get; } = title;

    /// <summary>What is to be seen in it: a sentence or two, for everybody.</summary>
    public string Text { get; } = text;

    /// <summary>Every number that is drawn.</summary>
    public abstract HtmlTable Numbers { get; }

    /// <summary>The drawing.</summary>
    /// <param name="theme">On which ground.</param>
    /// <param name="prefix">Of the ids in it: a page holds many drawings.</param>
    public abstract string Svg(Theme theme, string prefix);
}

/// <summary>The ground that a page is read on.</summary>
internal enum Theme
{
    /// <summary>Dark ink on white.</summary>
    Light,

    /// <summary>Light ink on nearly black.</summary>
    Dark,
}
