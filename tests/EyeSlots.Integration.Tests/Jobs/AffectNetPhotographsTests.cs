using EyeSlots.Preprocessing.Synthesis;

namespace EyeSlots.Integration.Tests.Jobs;

/// <summary>The job on photographs of AffectNet's sizes and formats.</summary>
public sealed class AffectNetPhotographsTests(DrawnFaces drawn)
{
    [Fact]
    public async Task Preprocess_OfAffectNetsSizesAndFormats_CutsThemAll()
    {
        var faces = drawn.Of(new() { Faces = 400, Sizes = SynthSizes.AffectNet, Seed = 4 });
        var formats = Directory.EnumerateFiles(faces.ImageRoot, "*", SearchOption.AllDirectories).Select(path => Path.GetExtension(path)).ToHashSet();
        Assert.Superset(new HashSet<string> { ".jpg", ".tif", ".png", ".bmp" }, formats);
        using var scratch = new Scratch();
        var summary = await JobRuns.RunAsync(faces, scratch["slots"]);
        Assert.Equal((400, 400), (summary.GetProperty("faces").GetInt64(), summary.GetProperty("rows").GetInt64()));
    }
}
