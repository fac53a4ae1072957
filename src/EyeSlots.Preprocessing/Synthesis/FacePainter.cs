using EyeSlots.Preprocessing.Synthesis.Portraits;
using OpenCvSharp;

namespace EyeSlots.Preprocessing.Synthesis;

/// <summary>Paints faces on a textured background. One for each thread; the noise is drawn once from the seed.</summary>
internal sealed class FacePainter : IDisposable
{
    private const int BankSide = 1024;
    private readonly Mat noise;

    public FacePainter(int seed)
    {
        Cv2.SetNumThreads(1);
        var bytes = new byte[3 * BankSide * BankSide];
        new Random(seed).NextBytes(bytes);
        using var bank = Mat.FromPixelData(BankSide, BankSide, MatType.CV_8UC3, bytes);
        noise = bank.GaussianBlur(new Size(3, 3), 0.7);
    }

    /// <summary>Paints an image of the given side with its faces, in its light or, where that is null, an even one.</summary>
    /// <param name="random">Where the background comes from.</param>
    /// <param name="side">Pixels.</param>
    /// <param name="faces">Who is on it.</param>
    /// <param name="light">Of the photograph.</param>
    /// <param name="grain">Its noise.</param>
    public Mat Paint(Random random, int side, SynthFace[] faces, Light? light, Grain grain)
    {
        var image = new Mat(side, side, MatType.CV_8UC3, new Scalar(random.Next(60, 200), random.Next(60, 200), random.Next(60, 200)));
        for (var i = 0; i < 6; i++)
        {
            var centre = new Point(random.Next(side), random.Next(side));
            image.Circle(centre, random.Next(side / 12, side / 4), new Scalar(random.Next(40, 220), random.Next(40, 220), random.Next(40, 220)), -1, LineTypes.AntiAlias);
        }

        foreach (var face in faces) Face(image, face);
        light?.Apply(image);
        var (x, y) = (random.Next(BankSide - Math.Min(side, BankSide - 1)), random.Next(BankSide - Math.Min(side, BankSide - 1)));
        using var ofNoise = side < BankSide ? new Mat(noise, new Rect(x, y, side, side)).Clone() : Larger(side, grain);
        Blend(image, ofNoise, grain.Share);
        return image;
    }

    public void Dispose() => noise.Dispose();

    private Mat Larger(int side, Grain grain)
    {
        if (!grain.Repeats) return noise.Resize(new Size(side, side));
        var times = (side / BankSide) + 1;
        using var tiles = new Mat();
        Cv2.Repeat(noise, times, times, tiles);
        return new Mat(tiles, new Rect(0, 0, side, side)).Clone();
    }

    // In whole numbers: OpenCV's own weights are 32-bit floats, which it rounds otherwise on other processors.
    private static void Blend(Mat image, Mat ofNoise, int share)
    {
        const int whole = 256;
        var pixels = image.AsSpan<byte>();
        var noise = ofNoise.AsSpan<byte>();
        for (var i = 0; i < pixels.Length; i++) pixels[i] = (byte)(((pixels[i] * (whole - share)) + (noise[i] * share) + (whole / 2)) / whole);
    }

    private static void Face(Mat image, SynthFace face)
    {
        var skin = face.Portrait?.Person.Colours.Skin ?? new Scalar(90 + (90 * face.Tone), 120 + (80 * face.Tone), 160 + (70 * face.Tone));
        var dark = new Scalar(skin.Val0 * 0.35, skin.Val1 * 0.35, skin.Val2 * 0.4);
        var degrees = face.Roll.Degrees;
        var head = At(face, 0, 0.02);
        image.Ellipse(head, new Size(face.Scale * 0.54, face.Scale * 0.72), degrees, 0, 360, face.Portrait?.Person.Colours.Hair ?? dark, -1, LineTypes.AntiAlias);
        image.Ellipse(At(face, 0, 0.06), new Size(face.Scale * 0.5, face.Scale * 0.64), degrees, 0, 360, skin, -1, LineTypes.AntiAlias);
        var width = Math.Max(1, (int)(face.Scale * 0.018));
        if (face.Portrait is null) Brows(image, face, dark);
        image.Polylines([Range(face, 27, 31), Range(face, 31, 36)], false, dark, width, LineTypes.AntiAlias);
        if (face.Portrait is null) Eyes(image, face, dark, width);
        image.FillPoly([Range(face, 48, 60)], new Scalar(90, 80, 180), LineTypes.AntiAlias);
        image.Polylines([Range(face, 60, 68)], true, dark, width, LineTypes.AntiAlias);
        if (face.Portrait is { } portrait) PortraitPainter.Paint(image, face, portrait);
    }

    private static void Brows(Mat image, SynthFace face, Scalar dark)
    {
        var width = Math.Max(2, (int)(face.Scale * 0.035));
        image.Polylines([Range(face, 17, 22)], false, dark, width, LineTypes.AntiAlias);
        image.Polylines([Range(face, 22, 27)], false, dark, width, LineTypes.AntiAlias);
    }

    private static void Eyes(Mat image, SynthFace face, Scalar dark, int width)
    {
        Eye(image, face, -FaceShape.EyeX, Range(face, 36, 42), dark, width);
        Eye(image, face, FaceShape.EyeX, Range(face, 42, 48), dark, width);
    }

    // Iris and pupil show only where the lids leave the eye open.
    private static void Eye(Mat image, SynthFace face, double x, Point[] lids, Scalar dark, int width)
    {
        var bounds = Cv2.BoundingRect(lids).Intersect(new Rect(0, 0, image.Width, image.Height));
        if (bounds.Width <= 0 || bounds.Height <= 0) return;
        using var part = new Mat(image, bounds);
        using var eye = part.Clone();
        using var open = new Mat(bounds.Height, bounds.Width, MatType.CV_8UC1, Scalar.Black);
        open.FillPoly([Array.ConvertAll(lids, lid => lid - bounds.Location)], Scalar.White, LineTypes.AntiAlias);
        eye.SetTo(new Scalar(235, 235, 235));
        var centre = At(face, x, FaceShape.EyeY) - bounds.Location;
        eye.Circle(centre, (int)(face.Scale * 0.05), new Scalar(150, 110, 60), -1, LineTypes.AntiAlias);
        eye.Circle(centre, Math.Max(1, (int)Math.Round(face.Scale * FaceShape.Pupil(face.ShownArousal))), new Scalar(20, 15, 15), -1, LineTypes.AntiAlias);
        eye.CopyTo(part, open);
        image.Polylines([lids], true, dark, width, LineTypes.AntiAlias);
    }

    private static Point[] Range(SynthFace face, int from, int to) =>
        [.. Enumerable.Range(from, to - from).Select(i => new Point((int)Math.Round(face.Points[2 * i]), (int)Math.Round(face.Points[(2 * i) + 1])))];

    private static Point At(SynthFace face, double x, double y)
    {
        var (px, py) = face.Place(x, y);
        return new((int)Math.Round(px), (int)Math.Round(py));
    }
}
