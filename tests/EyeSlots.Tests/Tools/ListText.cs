using System.Globalization;
using System.Text;
using EyeSlots.Core.Geometry;

namespace EyeSlots.Tests.Tools;

/// <summary>Writes lists of the 2017 layout cell by cell.</summary>
internal static class ListText
{
    public const string Header = "subDirectory_filePath,face_x,face_y,face_width,face_height,facial_landmarks,expression,valence,arousal";

    /// <summary>A row; every cell can be replaced.</summary>
    public static string Row(
        string path, string? landmarks = null, string expression = "1", string valence = "0.5", string arousal = "-0.25", string box = "0,0,100,100") =>
        $"{path},{box},{landmarks ?? Landmarks(100)},{expression},{valence},{arousal}";

    /// <summary>68 points of a face that fills two thirds of a picture, moved and turned about its middle.</summary>
    public static string Landmarks(double side, double shiftX = 0, double shiftY = 0, double degrees = 0)
    {
        var text = new StringBuilder();
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        for (var point = 0; point < 68; point++)
        {
            var (x, y) = Place(point);
            var (dx, dy) = ((x - 0.5) * side, (y - 0.4) * side);
            if (point > 0) text.Append(';');
            text.Append(CultureInfo.InvariantCulture, $"{(0.5 * side) + (cos * dx) - (sin * dy) + shiftX:F2};");
            text.Append(CultureInfo.InvariantCulture, $"{(0.4 * side) + (sin * dx) + (cos * dy) + shiftY:F2}");
        }

        return text.ToString();
    }

    /// <summary>68 points of which those around the eyes are these 23.</summary>
    public static string Landmarks(double[] eyes)
    {
        var all = new double[EyeLandmarks.AllCoordinates];
        eyes.AsSpan(0, 2 * EyeLandmarks.FirstEye).CopyTo(all.AsSpan(2 * 17));
        eyes.AsSpan(2 * EyeLandmarks.FirstEye).CopyTo(all.AsSpan(2 * 36));
        return string.Join(';', all.Select(number => number.ToString("F2", CultureInfo.InvariantCulture)));
    }

    /// <summary>A list with the plain header.</summary>
    public static string List(params IEnumerable<string> rows) => Header + "\n" + string.Join('\n', rows) + "\n";

    private static (double X, double Y) Place(int point) => point switch
    {
        >= 17 and <= 26 => (0.2 + ((point - 17) * 0.066), 0.3 + (point % 3 * 0.005)),
        >= 36 and <= 41 => (0.28 + ((point - 36) * 0.02), 0.38 + (point % 2 * 0.01)),
        >= 42 and <= 47 => (0.58 + ((point - 42) * 0.02), 0.38 + (point % 2 * 0.01)),
        27 => (0.5, 0.42),
        _ => (0.5, 0.6),
    };
}
