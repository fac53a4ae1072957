using EyeSlots.Preprocessing.Synthesis;
using EyeSlots.Preprocessing.Synthesis.Portraits;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Synthesis;

/// <summary>Who and what stands in two lists: nobody, but for the share that was asked for.</summary>
public sealed class LeakedTests
{
    private const int Faces = 30_000;

    [Fact]
    public void Plan_WithoutLeaks_KeepsEachPersonAndPathInOneList()
    {
        var images = Planned(new() { Faces = Faces, Variety = 1 });
        Assert.All(images.GroupBy(image => Cast.PersonOf(image.Index)), person => Assert.Single(person.DistinctBy(image => image.Set)));
        Assert.Equal(images.Count, images.DistinctBy(image => image.ListedPath).Count());
        Assert.Equal(5, images.GroupBy(image => Cast.PersonOf(image.Index)).SkipLast(1).Average(person => person.Count()));
    }

    [Fact]
    public void Plan_WithLeaks_PutsThatShareOfPhotographsIntoTwoLists()
    {
        var images = Planned(new() { Faces = Faces, Variety = 1, Leaks = 0.1 });
        var twice = images.GroupBy(image => image.Index).Where(appearances => appearances.Count() == 2).ToList();
        Assert.Equal(0.1, twice.Count / (double)images.DistinctBy(image => image.Index).Count(), 0.01);
        Assert.All(twice, appearances => Assert.Single(appearances, image => image.Set == SynthSet.Training));
        Assert.Equal(0.5, twice.Count(appearances => appearances.DistinctBy(image => image.ListedPath).Count() == 2) / (double)twice.Count, 0.05);
    }

    [Fact]
    public void Plan_WithLeaks_SpreadsThatShareOfPersonsOverTwoLists()
    {
        var firsts = Planned(new() { Faces = Faces, Variety = 1, Leaks = 0.1 }).DistinctBy(image => image.Index).GroupBy(image => Cast.PersonOf(image.Index)).ToList();
        var spread = firsts.Where(person => person.DistinctBy(image => image.Set).Count() == 2).ToList();
        Assert.Equal(0.1, spread.Count / (double)firsts.Count, 0.015);
        Assert.All(spread, person => Assert.Contains(person, image => image.Set == SynthSet.Training));
    }

    [Theory]
    [InlineData(SynthLayout.Csv2017)]
    [InlineData(SynthLayout.Folders2021)]
    public void Run_WithLeaks_DrawsTheSameBytesForBothLists(SynthLayout layout)
    {
        using var folder = new TempFolder();
        SynthOptions options = new() { Faces = 60, Variety = 1, Leaks = 0.5, Side = 96, Layout = layout };
        Assert.Equal(60, new Synthesizer().Run(options, folder.At("drawn"), null, TestContext.Current.CancellationToken).Faces);
        using var lists = new SynthLists(options, folder.At("drawn"));
        var twice = Planned(options).GroupBy(image => image.Index).Where(appearances => appearances.Count() == 2).ToList();
        Assert.True(twice.Count > 5);
        Assert.All(twice, appearances => Assert.Single(appearances.Select(image => Convert.ToHexString(File.ReadAllBytes(lists.PathOf(image)!))).Distinct()));
    }

    [Fact]
    public void Run_WithLeaksAndWithoutVariety_LeaksPhotographsToo()
    {
        var images = Planned(new() { Faces = Faces, Leaks = 0.02 });
        Assert.Equal(0.02, images.GroupBy(image => image.Index).Count(appearances => appearances.Count() == 2) / (double)images.Count, 0.004);
    }

    private static List<SynthImage> Planned(SynthOptions options)
    {
        var plan = new SynthPlan(options, []);
        List<SynthImage> images = [];
        while (plan.Next(1000) is { Count: > 0 } some) images.AddRange(some);
        Assert.Equal(options.Faces, images.Sum(image => image.Faces.Length));
        return images;
    }
}
