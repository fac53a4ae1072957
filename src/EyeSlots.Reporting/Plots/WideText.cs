using OxyPlot;

namespace EyeSlots.Reporting.Plots;

/// <summary>
/// Measures text as Helvetica is wide and three tenths more: which font the reader's system has is not known, and the widest usual one
/// (DejaVu Sans) is nearly that much wider, so that no label runs into another.
/// </summary>
internal sealed class WideText() : PdfRenderContext(1, 1, OxyColors.Transparent)
{
    private const double Reserve = 1.3;

    /// <inheritdoc/>
    public override OxySize MeasureText(string text, string fontFamily, double fontSize, double fontWeight)
    {
        var size = base.MeasureText(text, fontFamily, fontSize, fontWeight);
        return new(size.Width * Reserve, size.Height * Reserve);
    }
}
