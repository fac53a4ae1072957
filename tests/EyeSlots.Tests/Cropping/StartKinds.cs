using EyeSlots.Core.Annotations;
using EyeSlots.Core.Geometry;
using EyeSlots.Integration.Tests;
using EyeSlots.Tests.Decoding;
using EyeSlots.Tests.Geometry;

namespace EyeSlots.Tests.Cropping;

/// <summary>Photographs of every kind, with a face in each.</summary>
internal static class StartKinds
{
    private static readonly string[] Uncommon = ["-arithmetic", "-rgb", "-sample 2x1 -restart 1", "-sample 1x2", "-sample 4x1", "-sample 4x2", "-sample 1x4",
        "-sample 2x2,1x2,1x2", "-restart 5B", "-sample 2x2 -arithmetic -restart 1B", "-optimize", "-progressive"];

    /// <summary>JPEGs of one scan, of all samplings, with and without restart markers and tables of their own.</summary>
    public static IEnumerable<(string Name, byte[] File, double[] Eyes)> Baselines(int seed)
    {
        foreach (var sampling in Enum.GetValues<Sampling>())
        {
            foreach (var (restart, optimize) in ((int, bool)[])[(0, false), (0, true), (1, false), (7, false)])
            {
                var random = new Random(seed++);
                var (width, height) = (random.Next(60, 150), random.Next(60, 150));
                using var image = Photographs.Cut(width, height, seed);
                yield return ($"{sampling}, restart {restart}, optimize {optimize}", Photographs.Jpeg(image, sampling, false, restart, random.Next(20, 96), optimize), Face(width, height, random));
            }
        }
    }

    /// <summary>Whatever else there is: other orders of scans, other components, other formats.</summary>
    public static IEnumerable<(string Name, byte[] File, double[] Eyes)> Others(int seed)
    {
        var random = new Random(seed);
        using var image = Photographs.Cut(120, 90, seed);
        var eyes = Face(120, 90, random);
        foreach (var arguments in Uncommon) yield return (arguments, DebianJpegTools.Cjpeg(image, arguments.Split(' ')), eyes);
        yield return ("a scan for each component", DebianJpegTools.Scans(Photographs.Jpeg(image), "0;\n1;\n2;\n"), eyes);
        yield return ("ink", HandMadeJpeg.Cmyk(15, 12, (ink, x, y) => (byte)((40 * ink) + (3 * x) + (7 * y))), eyes);
        yield return ("behind an application's segment", Segmented(Photographs.Jpeg(image)), eyes);
        foreach (var extension in (string[])[".png", ".bmp", ".tiff", ".webp"]) yield return (extension, Photographs.Encode(image, extension), eyes);
        foreach (var path in Directory.GetFiles(Path.GetDirectoryName(SharedFolder.File("trials", "images", "good.jpg"))!).Where(path => !path.EndsWith(".csv", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
            yield return (Path.GetFileName(path), File.ReadAllBytes(path), DrawnEyes.At(32, 24, 16, 5));
    }

    /// <summary>The real faces of the tests.</summary>
    public static async Task<List<(string Name, byte[] File, double[] Eyes)>> RealAsync()
    {
        List<(string, byte[], double[])> faces = [];
        await using var reader = await CsvAnnotationReader.OpenAsync("training", File.OpenRead(SharedFolder.File("faces", "training.csv")), CancellationToken.None);
        var batch = new AnnotationBatch();
        while (await reader.ReadAsync(batch, CancellationToken.None))
        {
            foreach (var row in batch.Rows)
            {
                var path = SharedFolder.File("faces", row.ImagePath);
                faces.Add((row.ImagePath, File.ReadAllBytes(path), EyesOf(row)));
            }
        }

        return faces;
    }

    /// <summary>A copy with wrong bytes, mostly behind the headers, or cut.</summary>
    public static byte[] Damaged(byte[] file, Random random)
    {
        if (random.Next(3) == 0) return file[..random.Next(2, file.Length)];
        var damaged = (byte[])file.Clone();
        for (var changes = random.Next(1, 6); changes > 0; changes--)
        {
            damaged[random.Next(random.Next(4) == 0 ? 2 : file.Length / 4, file.Length)] = random.Next(3) switch { 0 => 0xFF, 1 => 0xD9, _ => (byte)random.Next(256) };
        }

        return damaged;
    }

    private static double[] Face(int width, int height, Random random) =>
        DrawnEyes.At(width * (0.3 + (0.4 * random.NextDouble())), height * (0.2 + (0.6 * random.NextDouble())), width * (0.15 + (0.15 * random.NextDouble())), random.Next(-40, 41));

    private static byte[] Segmented(byte[] file)
    {
        var body = new byte[5000];
        new Random(3).NextBytes(body);
        return [.. file.AsSpan(0, 2), .. JpegSegmentList.Bytes(0xE1, body), .. file.AsSpan(2)];
    }

    private static double[] EyesOf(AnnotationRow row)
    {
        Assert.Null(row.Defect);
        var eyes = new double[EyeLandmarks.Coordinates];
        EyeLandmarks.Select(row.Landmarks, eyes);
        return eyes;
    }
}
