using EyeSlots.Reporting.Pages;
using OxyPlot;

namespace EyeSlots.Reporting.Plots;

/// <summary>
/// Colours that people tell apart whose eyes lack one kind of cone (after Okabe and Ito), on a light and on a dark ground. Lines differ in
/// their dashes too, so nothing is told by colour alone.
/// </summary>
/// <param name="Ink">Text and frames.</param>
/// <param name="Grid">Lines behind what is drawn.</param>
/// <param name="Ground">What the page is read on.</param>
/// <param name="Lines">A colour for each line, in their order.</param>
/// <param name="Low">What is below zero; the most of it.</param>
/// <param name="Middle">Zero, and the least of what is counted.</param>
/// <param name="High">What is above zero, or the most of what is counted.</param>
internal sealed record Palette(OxyColor Ink, OxyColor Grid, OxyColor Ground, IReadOnlyList<OxyColor> Lines, OxyColor Low, OxyColor Middle, OxyColor High)
{
    private const int Steps = 24;

    private static readonly LineStyle[] Dashes = [LineStyle.Solid, LineStyle.Dash, LineStyle.Dot, LineStyle.DashDot, LineStyle.LongDash, LineStyle.LongDashDotDot];

    private static readonly Palette OnLight = new(
        Of(0x1c1e21), Of(0xe2e4e8), Of(0xffffff), [Of(0x0072b2), Of(0xd55e00), Of(0x009e73), Of(0xcc79a7), Of(0x56b4e9), Of(0xe69f00)], Of(0xb34700), Of(0xf2f2f2), Of(0x004f80));

    private static readonly Palette OnDark = new(
        Of(0xe8e9eb), Of(0x34383f), Of(0x16181c), [Of(0x56b4e9), Of(0xe69f00), Of(0x1fc99b), Of(0xe09cc1), Of(0xf0e442), Of(0xff8844)], Of(0xff9a4d), Of(0x2a2d33), Of(0x7cc8f8));

    /// <summary>The one for a ground.</summary>
    public static Palette For(Theme theme) => theme == Theme.Light ? OnLight : OnDark;

    /// <summary>The colour of a line.</summary>
    public OxyColor Line(int number) => Lines[number % Lines.Count];

    /// <summary>The dashes of a line. A second round of colours has other dashes than the first.</summary>
    public static LineStyle Dash(int number) => Dashes[(number + (number / Dashes.Length)) % Dashes.Length];

    /// <summary>From the least to the most.</summary>
    public OxyPalette Counts => OxyPalette.Interpolate(Steps, Middle, High);

    /// <summary>From below zero to above it.</summary>
    public OxyPalette Signed => OxyPalette.Interpolate(Steps + 1, Low, Middle, High);

    private static OxyColor Of(uint rgb) => OxyColor.FromUInt32(0xff000000 | rgb);
}
