using System.Globalization;
using EyeSlots.Core.Geometry;

namespace EyeSlots.Benchmarks;

/// <summary>Photographs in memory with the eye points of their faces, from a folder with a 2017 list.</summary>
internal sealed record BenchmarkFaces(string[] Paths, byte[][] Files, double[][] Eyes)
{
    public int Count => Files.Length;

    /// <summary>Reads the first faces of <c>training.csv</c>.</summary>
    /// <param name="folder">With the list and <c>Manually_Annotated_Images</c>.</param>
    /// <param name="most">Faces.</param>
    /// <param name="mostBytes">Bytes of their photographs, about.</param>
    public static BenchmarkFaces Read(string folder, int most, long mostBytes = long.MaxValue)
    {
        List<string> paths = [];
        List<double[]> eyes = [];
        List<byte[]> files = [];
        foreach (var line in File.ReadLines(Path.Combine(folder, "training.csv")).Skip(1).Take(most))
        {
            var cells = line.Split(',');
            var landmarks = Array.ConvertAll(cells[5].Split(';'), text => double.Parse(text, CultureInfo.InvariantCulture));
            var points = new double[EyeLandmarks.Coordinates];
            EyeLandmarks.Select(landmarks, points);
            paths.Add(Path.Combine(folder, "Manually_Annotated_Images", cells[0]));
            files.Add(File.ReadAllBytes(paths[^1]));
            eyes.Add(points);
            if ((mostBytes -= files[^1].Length) < 0) break;
        }

        return new([.. paths], [.. files], [.. eyes]);
    }
}
