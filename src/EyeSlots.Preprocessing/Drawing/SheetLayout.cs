using OpenCvSharp;

namespace EyeSlots.Preprocessing.Drawing;

/// <summary>Pictures in a grid, each enlarged or shrunk into its cell, with a caption below.</summary>
internal sealed record SheetLayout(int Columns, int CellWidth, int CellHeight)
{
    private const int Margin = 12;
    private const int CaptionHeight = 22;

    /// <summary>Draws the sheet; the caller disposes it and the pictures.</summary>
    public Mat Draw(IEnumerable<(Mat Picture, string Caption)> pictures, int count, int width)
    {
        var rows = Math.Max(1, (count + Columns - 1) / Columns);
        var sheet = new Mat((rows * CellHeight) + Margin, width, MatType.CV_8UC3, new Scalar(32, 30, 28));
        var at = 0;
        foreach (var (picture, caption) in pictures)
        {
            var (x, y) = (Margin + (at % Columns * CellWidth), Margin + (at / Columns * CellHeight));
            var (roomX, roomY) = (CellWidth - Margin, CellHeight - CaptionHeight - Margin);
            var scale = Math.Min(roomX / (double)picture.Width, roomY / (double)picture.Height);
            var size = new Size(Math.Max(1, (int)(picture.Width * scale)), Math.Max(1, (int)(picture.Height * scale)));
            using var fitted = picture.Resize(size, 0, 0, scale > 1 ? InterpolationFlags.Cubic : InterpolationFlags.Area);
            using var cell = new Mat(sheet, new Rect(x, y, size.Width, size.Height));
            fitted.CopyTo(cell);
            sheet.PutText(caption, new Point(x, y + size.Height + 15), HersheyFonts.HersheySimplex, 0.42, new Scalar(210, 210, 210), 1, LineTypes.AntiAlias);
            at++;
        }

        return sheet;
    }
}
