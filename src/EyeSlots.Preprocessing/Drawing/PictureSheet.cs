using EyeSlots.Core.Geometry;
using OpenCvSharp;

namespace EyeSlots.Preprocessing.Drawing;

/// <summary>A picture of a sheet, with the words below it.</summary>
/// <param name="Pixels">Row by row without gaps: red, green and blue, or gray alone.</param>
/// <param name="Size">Its size.</param>
/// <param name="Caption">ASCII.</param>
public readonly record struct SheetPicture(ReadOnlyMemory<byte> Pixels, PixelSize Size, string Caption);

/// <summary>Small pictures in a grid, as a PNG.</summary>
public static class PictureSheet
{
    private const int CellWidth = 180, RoomBelow = 34, RoomBeside = 12;

    /// <summary>Draws pictures, all of them of one shape, row by row.</summary>
    /// <param name="pictures">At least one.</param>
    /// <param name="columns">Pictures of a row, at least 1.</param>
    /// <exception cref="ArgumentException">A picture has other bytes than its size says.</exception>
    public static byte[] Png(IReadOnlyList<SheetPicture> pictures, int columns)
    {
        var shape = pictures[0].Size;
        var cellHeight = Math.Max(1, (CellWidth - RoomBeside) * shape.Height / shape.Width) + RoomBelow;
        List<(Mat Picture, string Caption)> mats = [];
        try
        {
            foreach (var picture in pictures) mats.Add((Bgr(picture), picture.Caption));
            using var sheet = new SheetLayout(columns, CellWidth, cellHeight).Draw(mats, mats.Count, (columns * CellWidth) + RoomBeside);
            return sheet.ImEncode(".png");
        }
        finally
        {
            foreach (var (mat, _) in mats) mat.Dispose();
        }
    }

    private static Mat Bgr(in SheetPicture picture)
    {
        var (width, height) = (picture.Size.Width, picture.Size.Height);
        var channels = picture.Pixels.Length / Math.Max(1, width * height);
        if (channels is not (1 or 3) || picture.Pixels.Length != channels * width * height)
        {
            throw new ArgumentException($"{picture.Pixels.Length} bytes are no picture of {picture.Size} pixels.", nameof(picture));
        }

        using var mat = Mat.FromPixelData(height, width, channels == 3 ? MatType.CV_8UC3 : MatType.CV_8UC1, picture.Pixels.ToArray());
        return mat.CvtColor(channels == 3 ? ColorConversionCodes.RGB2BGR : ColorConversionCodes.GRAY2BGR);
    }
}
