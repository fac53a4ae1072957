using EyeSlots.Core;
using EyeSlots.Core.Geometry;
using OpenCvSharp;

namespace EyeSlots.Preprocessing.Drawing;

/// <summary>The picture that explains a slot: landmarks, the box before and after growing, θ, and below it the slot itself.</summary>
public static class SlotOverlay
{
    private const int LeastSide = 900;
    private const int Margin = 12, FarOutside = 1_000_000;
    private static readonly Scalar PointColor = new(80, 230, 255), BoxColor = new(255, 200, 60), GrownColor = new(70, 70, 255), Ink = new(245, 245, 245), Paper = new(32, 30, 28);

    /// <summary>Draws all faces of one photograph.</summary>
    /// <param name="photograph">The file's bytes.</param>
    /// <param name="faces">46 numbers for each face, as in <see cref="EyeLandmarks"/>.</param>
    /// <param name="options">Geometry of the slots.</param>
    /// <param name="why">Why there is no picture, or why a face has no slot; else null.</param>
    /// <returns>A PNG, or null when the photograph cannot be decoded.</returns>
    public static byte[]? Png(ReadOnlySpan<byte> photograph, IReadOnlyList<double[]> faces, SlotOptions options, out string? why)
    {
        using var image = WholeImage.Decode(photograph, out why);
        if (image is null) return null;
        var scale = Math.Max(1, LeastSide / (double)Math.Max(image.Width, image.Height));
        using var canvas = image.Resize(new Size(image.Width * scale, image.Height * scale), 0, 0, InterpolationFlags.Cubic);
        List<(EyeSlot Slot, Mat Crop)> slots = [];
        foreach (var eyes in faces)
        {
            if (!SlotGeometry.TryFind(eyes, options, out var slot, out why)) continue;
            SlotGeometry.TryFind(eyes, options with { GrowX = 0, GrowY = 0 }, out var box, out _);
            Draw(canvas, eyes, box, slot, scale);
            slots.Add((slot, Crop(image, slot)));
        }

        using var strip = Strip(slots, canvas.Width);
        using var page = new Mat();
        Cv2.VConcat([canvas, strip], page);
        foreach (var (_, crop) in slots) crop.Dispose();
        return page.ImEncode(".png");
    }

    /// <summary>Draws a slot on its photograph without landmarks, which shards do not hold, with a line along θ.</summary>
    /// <param name="canvas">The photograph.</param>
    /// <param name="box">The slot before growing.</param>
    /// <param name="slot">The slot.</param>
    /// <param name="scale">Pixels of the canvas for one of the photograph.</param>
    internal static void DrawSlot(Mat canvas, EyeSlot box, EyeSlot slot, double scale)
    {
        DrawBoxes(canvas, box, slot, scale);
        var (x, y) = slot.Direction;
        var end = At(slot.CenterX + (x * slot.Width / 2), slot.CenterY + (y * slot.Width / 2), scale);
        canvas.Line(At(slot.CenterX, slot.CenterY, scale), end, GrownColor, 1, LineTypes.AntiAlias);
    }

    private static void DrawBoxes(Mat canvas, EyeSlot box, EyeSlot slot, double scale)
    {
        canvas.Polylines([Corners(box, scale)], true, BoxColor, 1, LineTypes.AntiAlias);
        canvas.Polylines([Corners(slot, scale)], true, GrownColor, 2, LineTypes.AntiAlias);
    }

    private static void Draw(Mat canvas, double[] eyes, EyeSlot box, EyeSlot slot, double scale)
    {
        DrawBoxes(canvas, box, slot, scale);
        var radius = slot.Width * scale > 200 ? 3 : 1;
        for (var i = 0; i < eyes.Length; i += 2) canvas.Circle(At(eyes[i], eyes[i + 1], scale), radius, PointColor, -1, LineTypes.AntiAlias);
        var corner = Corners(slot, scale).MinBy(point => point.Y);
        Text(canvas, Label(slot), new(Math.Clamp(corner.X - 40, 4, Math.Max(4, canvas.Width - 150)), Math.Max(18, corner.Y - 8)), 0.5);
    }

    private static string Label(EyeSlot slot) => $"theta {Quantity.Fixed(slot.Theta, 1)} deg";

    private static void Text(Mat canvas, string text, Point at, double size)
    {
        canvas.PutText(text, at, HersheyFonts.HersheySimplex, size, Paper, 4, LineTypes.AntiAlias);
        canvas.PutText(text, at, HersheyFonts.HersheySimplex, size, Ink, 1, LineTypes.AntiAlias);
    }

    private static Point At(double x, double y, double scale) => new(PixelOf(x, scale), PixelOf(y, scale));

    // The numbers of a shard may be anybody's: what lies far outside stays where OpenCV can still count.
    private static int PixelOf(double x, double scale) => (int)Math.Round(Math.Clamp(((x + 0.5) * scale) - 0.5, -FarOutside, FarOutside));

    private static Point[] Corners(EyeSlot slot, double scale)
    {
        var (cos, sin) = slot.Direction;
        (double X, double Y)[] signs = [(-1, -1), (1, -1), (1, 1), (-1, 1)];
        return Array.ConvertAll(signs, sign =>
        {
            var (along, across) = (sign.X * slot.Width / 2, sign.Y * slot.Height / 2);
            return At(slot.CenterX + (cos * along) - (sin * across), slot.CenterY + (sin * along) + (cos * across), scale);
        });
    }

    private static Mat Crop(Mat image, EyeSlot slot)
    {
        var map = slot.CropToImage();
        using var matrix = Mat.FromPixelData(2, 3, MatType.CV_64FC1, new[] { map.M11, map.M12, map.Dx, map.M21, map.M22, map.Dy });
        return image.WarpAffine(matrix, new Size(slot.CropSize.Width, slot.CropSize.Height), InterpolationFlags.Linear | InterpolationFlags.WarpInverseMap);
    }

    private static Mat Strip(List<(EyeSlot Slot, Mat Crop)> slots, int width)
    {
        var columns = slots.Count <= 2 ? Math.Max(1, slots.Count) : 3;
        var cell = (width - Margin) / columns;
        var sheet = new SheetLayout(columns, cell, cell / 2);
        return sheet.Draw(slots.Select(slot => (slot.Crop, Label(slot.Slot))), slots.Count, width);
    }
}
