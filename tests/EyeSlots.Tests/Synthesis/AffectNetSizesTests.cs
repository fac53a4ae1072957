using EyeSlots.Core.Geometry;
using EyeSlots.Preprocessing.Decoding;
using EyeSlots.Preprocessing.Synthesis;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Synthesis;

/// <summary>Photographs as AffectNet has them: what is known of its sizes, formats and faces holds for drawn ones.</summary>
public sealed class AffectNetSizesTests
{
    private static readonly SynthOptions Options = new() { Sizes = SynthSizes.AffectNet, Seed = 11 };

    [Fact]
    public void Side_OfManyPhotographs_HasTheMeanAndDeviationOfAffectNet()
    {
        var sides = Sides(200_000);
        var mean = sides.Average();
        Assert.Equal(425, mean, 4.0);
        Assert.Equal(349, Math.Sqrt(sides.Average(side => (side - mean) * (side - mean))), 5.0);
        Assert.All(sides, side => Assert.InRange(side, AffectNetSizes.Smallest, AffectNetSizes.Largest));
    }

    [Fact]
    public void Draw_OfAllSides_Gives131KilobytesOnAverage()
    {
        int[] known = [64, 128, 256, 512, 1024, 2048, 4000];
        using var painter = new FacePainter(Options.Seed);
        var perPixel = known.Select((side, index) => Drawn(side, index, painter).Length / (double)(side * side)).ToArray();
        Assert.Equal(perPixel.OrderDescending(), perPixel);
        Assert.Equal(131_000, Sides(50_000).Average(side => side * (double)side * Between(side)), 131_000 * 0.04);

        // Bytes of a pixel are a smooth function of the side: they are known at some, and lie on a line of logarithms between.
        double Between(int side)
        {
            var next = Math.Max(1, Array.FindIndex(known, one => one >= side));
            var share = Math.Log(side / (double)known[next - 1]) / Math.Log(known[next] / (double)known[next - 1]);
            return perPixel[next - 1] * Math.Pow(perPixel[next] / perPixel[next - 1], share);
        }
    }

    [Fact]
    public void FormatOf_AMillionPhotographs_HasSomeOfEachKind()
    {
        var counts = Enumerable.Range(0, 1_000_000).CountBy(index => AffectNetSizes.FormatOf(Options.Seed, index)).ToDictionary();
        Assert.InRange(counts[PhotographFormat.Tiff], 55, 120);
        Assert.InRange(counts[PhotographFormat.Png], 2, 25);
        Assert.InRange(counts[PhotographFormat.Bmp], 1, 16);
        Assert.Equal(1_000_000, counts.Values.Sum());
    }

    [Fact]
    public void Plan_OfManyFaces_EndsHalfOfTheSlotsAbove54PercentOfTheHeight()
    {
        var plan = new SynthPlan(Options with { Faces = 4000 }, []);
        List<double> ends = [];
        while (plan.Next(1000) is { Count: > 0 } images)
        {
            foreach (var image in images) ends.AddRange(image.Faces.Select(face => EndOfSlot(face, image.Side)));
        }

        Assert.Equal(0.54, ends.Order().ElementAt(ends.Count / 2), 0.01);
    }

    [Fact]
    public void Run_OfAnyFormat_WritesFilesOfWhatTheirNamesSay()
    {
        using var folder = new TempFolder();
        new Synthesizer().Run(Options with { Faces = 330 }, folder.At("drawn"), null, TestContext.Current.CancellationToken);
        Dictionary<string, ImageFormat> formats = new() { [".jpg"] = ImageFormat.Jpeg, [".tif"] = ImageFormat.Tiff, [".png"] = ImageFormat.Png, [".bmp"] = ImageFormat.Bmp };
        HashSet<ImageFormat> seen = [];
        foreach (var path in Directory.EnumerateFiles(folder.At("drawn/Manually_Annotated_Images"), "*", SearchOption.AllDirectories))
        {
            Assert.True(HeaderReader.TryRead(File.ReadAllBytes(path), out var header, out var why), why);
            Assert.Equal(formats[Path.GetExtension(path)], header.Format);
            Assert.Equal(header.Width, header.Height);
            seen.Add(header.Format);
        }

        Assert.Equal(formats.Values.ToHashSet(), seen);
    }

    private static double EndOfSlot(SynthFace face, int side)
    {
        var eyes = new double[EyeLandmarks.Coordinates];
        EyeLandmarks.Select(face.Landmarks, eyes);
        Assert.True(SlotGeometry.TryFind(eyes, new SlotOptions(), out var slot, out var why), why);
        var (cos, sin) = slot.Direction;
        return (slot.CenterY + (((Math.Abs(sin) * slot.Width) + (Math.Abs(cos) * slot.Height)) / 2)) / side;
    }

    private static byte[] Drawn(int side, int index, FacePainter painter)
    {
        var faces = SynthFace.Of(new Random(index), side, Options.Noise, AffectNetSizes.Framing, [null]);
        return new SynthImage(index, side, faces, Defect.None, SynthSet.Training).Draw(Options, painter);
    }

    private static int[] Sides(int count)
    {
        var random = new Random(17);
        return [.. Enumerable.Range(0, count).Select(_ => AffectNetSizes.Side(random))];
    }
}
