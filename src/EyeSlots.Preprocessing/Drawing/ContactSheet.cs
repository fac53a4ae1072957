using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;
using EyeSlots.Preprocessing.Cropping;
using OpenCvSharp;

namespace EyeSlots.Preprocessing.Drawing;

/// <summary>Many crops on one page, with their labels.</summary>
public static class ContactSheet
{
    private const int Columns = 5, CellWidth = 240, CellHeight = 130;

    /// <summary>Draws rows of a shard; damaged crops are left out.</summary>
    /// <param name="rows">The rows, in order.</param>
    /// <param name="format">The dataset's format.</param>
    /// <returns>A PNG.</returns>
    public static byte[] Png(IEnumerable<ShardRow> rows, SlotFormat format)
    {
        using var decoder = new SlotDecoder();
        List<(Mat Picture, string Caption)> pictures = [];
        foreach (var row in rows)
        {
            if (decoder.ToBgr(row.Slot, format, row.Width, row.Height) is not { } bgr) continue;
            using var borrowed = Mat.FromPixelData(row.Height, row.Width, MatType.CV_8UC3, bgr);
            pictures.Add((borrowed.Clone(), Caption(row)));
        }

        using var sheet = new SheetLayout(Columns, CellWidth, CellHeight).Draw(pictures, pictures.Count, (Columns * CellWidth) + 12);
        foreach (var (picture, _) in pictures) picture.Dispose();
        return sheet.ImEncode(".png");
    }

    private static string Caption(ShardRow row) => row is { Valence: { } valence, Arousal: { } arousal }
        ? FormattableString.Invariant($"v {valence:+0.00;-0.00}  a {arousal:+0.00;-0.00}  {row.Theta:F0} deg")
        : FormattableString.Invariant($"no label  {row.Theta:F0} deg");
}
