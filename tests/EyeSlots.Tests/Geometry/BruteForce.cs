namespace EyeSlots.Tests.Geometry;

/// <summary>Another way to the minimum-area rectangle, slow and plain: every pair of points with all others on one side is an edge.</summary>
internal static class BruteForce
{
    /// <summary>Direction of the eye vector in degrees.</summary>
    public static double EyeTheta(double[] eyes)
    {
        var (x, y) = (0.0, 0.0);
        for (var i = 0; i < 6; i++) (x, y) = (x + eyes[2 * (17 + i)] - eyes[2 * (11 + i)], y + eyes[(2 * (17 + i)) + 1] - eyes[(2 * (11 + i)) + 1]);
        return Math.Atan2(y, x) * (180 / Math.PI);
    }

    /// <summary>Area and direction (0 to 90) of the box along each edge of the hull, the least first.</summary>
    public static List<(double Area, double Degrees)> Boxes(double[] eyes)
    {
        List<(double, double)> boxes = [];
        for (var a = 0; a < eyes.Length; a += 2)
        {
            for (var b = 0; b < eyes.Length; b += 2)
            {
                if (a != b && IsEdge(eyes, a, b)) boxes.Add(BoxAlong(eyes, Math.Atan2(eyes[b + 1] - eyes[a + 1], eyes[b] - eyes[a])));
            }
        }

        boxes.Sort();
        return boxes;
    }

    /// <summary>Whether noise in the last digits cannot decide the direction: no second box as small, no second direction as near.</summary>
    public static bool IsClear(double[] eyes)
    {
        var boxes = Boxes(eyes);
        var second = boxes.FindIndex(box => Difference(box.Degrees, boxes[0].Degrees, 90) > 1e-6);
        var near = Difference(boxes[0].Degrees, EyeTheta(eyes), 90);
        return (second < 0 || boxes[second].Area > boxes[0].Area * (1 + 1e-6)) && Math.Abs(near - 45) > 1e-3;
    }

    /// <summary>The size of the smaller turn between two directions that repeat every <paramref name="period"/> degrees.</summary>
    public static double Difference(double a, double b, double period = 360) => Math.Abs(Math.IEEERemainder(a - b, period));

    private static bool IsEdge(double[] eyes, int a, int b)
    {
        for (var c = 0; c < eyes.Length; c += 2)
        {
            var side = ((eyes[b] - eyes[a]) * (eyes[c + 1] - eyes[a + 1])) - ((eyes[b + 1] - eyes[a + 1]) * (eyes[c] - eyes[a]));
            if (side < 0) return false;
        }

        return true;
    }

    private static (double Area, double Degrees) BoxAlong(double[] eyes, double angle)
    {
        var turned = DrawnEyes.Turned(eyes, -angle * (180 / Math.PI));
        var (xs, ys) = (turned.Where((_, at) => at % 2 == 0).ToArray(), turned.Where((_, at) => at % 2 == 1).ToArray());
        var degrees = angle * (180 / Math.PI) % 90;
        return ((xs.Max() - xs.Min()) * (ys.Max() - ys.Min()), degrees < 0 ? degrees + 90 : degrees);
    }
}
