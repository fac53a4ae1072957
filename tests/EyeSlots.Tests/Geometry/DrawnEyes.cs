using CsCheck;
using EyeSlots.Core.Geometry;

namespace EyeSlots.Tests.Geometry;

/// <summary>The 23 points of drawn faces: upright with eye centres one unit apart, then scaled, turned and moved.</summary>
internal static class DrawnEyes
{
    private static readonly double[] Upright = Draw();

    /// <summary>A face whose points are off by up to a tenth of the distance between the eyes, of any size, place and angle.</summary>
    public static Gen<Face> Any { get; } = Gen.Select(
        Gen.Double[12, 400], Gen.Double[-180, 180], Gen.Double[0, 2000], Gen.Double[0, 2000], Gen.Double[-0.1, 0.1].Array[EyeLandmarks.Coordinates],
        (scale, degrees, x, y, noise) => new Face(Moved(Turned(Scaled([.. Upright.Zip(noise, (u, n) => u + n)], scale), degrees), x, y), degrees));

    /// <summary>A clean face: eye centres <paramref name="scale"/> apart, the middle between them at (x, y).</summary>
    public static double[] At(double x, double y, double scale, double degrees) => Moved(Turned(Scaled(Upright, scale), degrees), x, y);

    /// <summary>A face whose box before growth is exactly the given one, upright.</summary>
    public static double[] Box(double left, double top, double right, double bottom)
    {
        var eyes = At((left + right) / 2, (top + bottom) / 2, (right - left) / 8, 0);
        double[] corners = [left, top, right, top, right, bottom, left, bottom];
        corners.CopyTo(eyes, 0);
        return eyes;
    }

    public static double[] Scaled(double[] eyes, double factor) => Array.ConvertAll(eyes, value => value * factor);

    public static double[] Moved(double[] eyes, double x, double y) => [.. eyes.Select((value, at) => value + (at % 2 == 0 ? x : y))];

    /// <summary>Turned clockwise in the image about the origin; quarter turns are exact.</summary>
    public static double[] Turned(double[] eyes, double degrees)
    {
        var (sin, cos) = degrees switch
        {
            0 => (0, 1), 90 => (1, 0), -90 => (-1, 0), 180 or -180 => (0, -1), _ => Math.SinCos(degrees * (Math.PI / 180)),
        };
        var turned = new double[eyes.Length];
        for (var i = 0; i < eyes.Length; i += 2)
        {
            (turned[i], turned[i + 1]) = ((cos * eyes[i]) - (sin * eyes[i + 1]), (sin * eyes[i]) + (cos * eyes[i + 1]));
        }

        return turned;
    }

    /// <summary>The slot, or a failed test.</summary>
    public static EyeSlot Slot(double[] eyes, SlotOptions? options = null)
    {
        Assert.True(SlotGeometry.TryFind(eyes, options ?? new SlotOptions(), out var slot, out var why), why);
        return slot;
    }

    // iBUG: brows 17-21 and 22-26, nose 27, eyes 36-41 and 42-47; slightly lopsided, as faces are.
    private static double[] Draw()
    {
        List<double> points = [];
        for (var i = 0; i < 10; i++) points.AddRange([-0.95 + (i * 0.2) + (i > 4 ? 0.1 : 0), -0.35 - (0.1 * Math.Sin((i % 5) + 0.7)) - (0.003 * i)]);
        points.AddRange([0.01, 0.02]);
        foreach (var side in (double[])[-0.5, 0.5])
        {
            for (var i = 0; i < 6; i++) points.AddRange([side + (0.25 * Math.Cos(i * Math.PI / 3)), 0.12 * Math.Sin(i * Math.PI / 3)]);
        }

        return [.. points];
    }

    /// <summary>A drawn face and the angle by which its eye line was turned before its points were moved about.</summary>
    public sealed record Face(double[] Eyes, double Degrees)
    {
        public override string ToString() => string.Join(';', Eyes.Select(value => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture)));
    }
}
