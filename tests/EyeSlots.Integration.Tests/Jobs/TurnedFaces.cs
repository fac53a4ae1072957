using System.Globalization;
using EyeSlots.Preprocessing.Synthesis;
using OpenCvSharp;

namespace EyeSlots.Integration.Tests.Jobs;

/// <summary>Faces at all angles: each drawn photograph stands in the list several times, its landmarks turned about its centre. Photographs are of every format.</summary>
internal static class TurnedFaces
{
    private const int TurnsOfAPhotograph = 8;
    private static readonly string[] Formats = [".jpg", ".jpg", ".png", ".bmp", ".tiff", ".webp"];

    /// <summary>Draws photographs and writes their list into a folder.</summary>
    public static SynthSummary Draw(string folder, int faces)
    {
        var photographs = faces / TurnsOfAPhotograph;
        var drawn = new Synthesizer().Run(new() { Faces = photographs, SmallestSide = 120, LargestSide = 420, Seed = 13, Nesting = 0 }, folder, null);
        string[] rows = [.. drawn.Lists.SelectMany(list => File.ReadLines(list).Skip(1))];
        for (var i = 0; i < rows.Length; i++) Recode(Path.Combine(folder, rows[i].Split(',')[0]), Formats[i % Formats.Length]);
        var turned = Path.Combine(folder, "turned.csv");
        var many = Enumerable.Range(0, TurnsOfAPhotograph * rows.Length);
        File.WriteAllLines(turned, many.Select(at => Turn(rows[at / TurnsOfAPhotograph], 360.0 * at / (TurnsOfAPhotograph * rows.Length))));
        return drawn with { Lists = [turned] };
    }

    // The name stays what it was: the program goes by the content.
    private static void Recode(string path, string format)
    {
        if (format == ".jpg") return;
        using var image = Cv2.ImRead(path);
        File.WriteAllBytes(path, image.ImEncode(format));
    }

    // With all digits, so that no two faces share the last ones.
    private static string Turn(string row, double degrees)
    {
        var columns = row.Split(',');
        var points = columns[5].Split(';').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).Chunk(2).ToList();
        var (x, y) = (points.Average(point => point[0]), points.Average(point => point[1]));
        var (sin, cos) = Math.SinCos(degrees * (Math.PI / 180));
        columns[5] = string.Join(';', points.SelectMany(point => (double[])
        [
            x + (cos * (point[0] - x)) - (sin * (point[1] - y)), y + (sin * (point[0] - x)) + (cos * (point[1] - y)),
        ]).Select(number => number.ToString("R", CultureInfo.InvariantCulture)));
        return string.Join(',', columns);
    }
}
