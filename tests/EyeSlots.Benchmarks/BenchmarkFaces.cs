using System.Globalization;
using EyeSlots.Core.Geometry;

namespace EyeSlots.Benchmarks;

/// <summary>Photographs in memory with the eye points of their faces, from a folder with a 2017 list.</summary>
internal sealed record BenchmarkFaces(string[] Paths, byte[][] Files, double[][] Eyes)
{
    public int Count => Files.Length;

    /// <summary>Reads up to <paramref name="most"/> faces of <c>training.csv</c>.</summary>
    public static BenchmarkFaces Read(string folder, int most)
    {
        List<string> paths = [];
        List<double[]> eyes = [];
        foreach (var line in File.ReadLines(Path.Combine(folder, "training.csv")).Skip(1).Take(most))
        {
            var cells = line.Split(',');
            var landmarks = Array.ConvertAll(cells[5].Split(';'), text => double.Parse(text, CultureInfo.InvariantCulture));
            var points = new double[EyeLandmarks.Coordinates];
            EyeLandmarks.Select(landmarks, points);
            paths.Add(Path.Combine(folder, "Manually_Annotated_Images", cells[0]));
            eyes.Add(points);
        }

        return new([.. paths], [.. paths.Select(File.ReadAllBytes)], [.. eyes]);
    }
}
