using System.Runtime.CompilerServices;
using EyeSlots.Integration.Tests.Cli;
using EyeSlots.Preprocessing.Cropping;
using EyeSlots.Preprocessing.Synthesis;
using OpenCvSharp;

namespace EyeSlots.Integration.Tests.Jobs;

/// <summary>Memory does not grow with the data.</summary>
public sealed class MemoryTests(DrawnFaces drawn, ITestOutputHelper output)
{
    private const long MB = 1 << 20;

    [Fact]
    public async Task Plan_OfManyRows_TakesLittleMoreThanOneOfFew()
    {
        using var scratch = new Scratch();
        var few = await PeakMemory.OfAsync(JobRuns.Arguments(drawn.Of(new() { Faces = 10_000, Images = false }), scratch["out"], "--dry-run"));
        var many = await PeakMemory.OfAsync(JobRuns.Arguments(drawn.Of(new() { Faces = LongRun.Count(150_000, 1_000_000), Images = false }), scratch["out"], "--dry-run"));
        output.WriteLine($"peak: {few / MB} MB and {many / MB} MB");
        Assert.True(many <= (1.5 * few) + (500 * MB), $"{few / MB} MB, then {many / MB} MB");
    }

    [Fact]
    public async Task Job_OnOrdinaryPhotographs_StaysBelow600Megabytes()
    {
        using var scratch = new Scratch();
        var peak = await PeakMemory.OfAsync(JobRuns.Arguments(drawn.Of(new() { Faces = 4000, Seed = 8 }), scratch["out"], "--workers", "2"));
        output.WriteLine($"peak: {peak / MB} MB");
        Assert.True(peak < 600 * MB, $"{peak / MB} MB");
    }

    [Fact]
    public async Task Job_OnMonsters_StaysWithinMemory()
    {
        using var scratch = new Scratch();
        var faces = Monsters(scratch);
        var peak = await PeakMemory.OfAsync(JobRuns.Arguments(faces, scratch["out"], "--workers", "4", "--memory", "512"));
        output.WriteLine($"peak: {peak / MB} MB");
        Assert.True(peak < (600 + 512) * MB, $"{peak / MB} MB");
        var small = await JobRuns.RunAsync(faces, scratch["small"], "--workers", "4", "--memory", "64");
        Assert.Equal(5, small.GetProperty("rejected").GetProperty("image-too-large").GetInt32());
    }

    // Progressive files of 100, 64 and 49 megapixels, and 49 in one strip and in one frame, each with a face in its middle.
    private static SynthSummary Monsters(Scratch scratch)
    {
        RuntimeHelpers.RunModuleConstructor(typeof(SlotCropper).Module.ModuleHandle);
        Directory.CreateDirectory(scratch["images"]);
        const int RowsPerStrip = 278;
        List<string> lines =
        [
            Monster(scratch, 10_000, ".jpg", (int)ImwriteFlags.JpegProgressive, 1), Monster(scratch, 8_000, ".jpg", (int)ImwriteFlags.JpegProgressive, 1),
            Monster(scratch, 7_000, ".jpg", (int)ImwriteFlags.JpegProgressive, 1), Monster(scratch, 7_000, ".tiff", RowsPerStrip, 7_000),
            Monster(scratch, 7_000, ".webp", (int)ImwriteFlags.WebPQuality, 101),
        ];
        File.WriteAllLines(scratch["monsters.csv"], lines);
        return new([scratch["monsters.csv"]], scratch["images"], lines.Count, new Dictionary<string, long>(), 1, 1);
    }

    private static string Monster(Scratch scratch, int side, string extension, params int[] settings)
    {
        using var image = new Mat(side, side, MatType.CV_8UC3, new Scalar(30, 90, 160));
        image.Circle(new Point(side / 2, side / 2), side / 4, new Scalar(200, 60, 20), -1);
        Assert.True(Cv2.ImEncode(extension, image, out var file, settings));
        File.WriteAllBytes(Path.Combine(scratch["images"], side + extension), file);
        var points = Enumerable.Range(0, 68).SelectMany(i => new[] { (side / 2) + (i * 10), (side / 2) + (i % 7 * 20) - (i >= 42 && i < 48 ? 10 : 0) });
        return $"{side}{extension},0,0,1,1,{string.Join(';', points)},0,0.1,0.2";
    }
}
