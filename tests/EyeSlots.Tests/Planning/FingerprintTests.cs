using EyeSlots.Core.Geometry;
using EyeSlots.Core.Planning;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Planning;

/// <summary>A fingerprint changes with everything that decides a shard's bytes, and with nothing else.</summary>
public sealed class FingerprintTests
{
    private const string Golden = "4151b03ab5643d787d12bdbb398cf59e457b2627aeff96818d718ec7c8b1b29d";

    public static TheoryData<string, JobParameters> OtherParameters => new()
    {
        { "angle", new() { Slot = new(AngleMode.EyeLine) } },
        { "grow-x", new() { Slot = new(GrowX: 0.11) } },
        { "grow-y", new() { Slot = new(GrowY: 0.26) } },
        { "size", new() { Size = new(64, 32) } },
        { "size turned", new() { Size = new(32, 64) } },
        { "png", new() { Format = SlotFormat.Png } },
        { "raw", new() { Format = SlotFormat.Raw } },
        { "quality", new() { Quality = 94 } },
        { "min-coverage", new() { MinCoverage = 0.51 } },
        { "max-pixels", new() { MaxPixels = 99_999_999 } },
    };

    public static TheoryData<string, string> OtherRows => new()
    {
        { "expression", ListText.Row("a.jpg", expression: "2") },
        { "expression unknown", ListText.Row("a.jpg", expression: "") },
        { "valence", ListText.Row("a.jpg", valence: "0.51") },
        { "valence unlabelled", ListText.Row("a.jpg", valence: "-2") },
        { "arousal", ListText.Row("a.jpg", arousal: "0") },
        { "arousal unlabelled", ListText.Row("a.jpg", arousal: "NULL") },
        { "a point of the chin", ListText.Row("a.jpg", "9" + ListText.Landmarks(100)) },
        { "all points", ListText.Row("a.jpg", ListText.Landmarks(101)) },
        { "damaged", ListText.Row("a.jpg", valence: "7") },
        { "damaged otherwise", ListText.Row("a.jpg", valence: "8") },
        { "path", ListText.Row("b.jpg") },
        { "another face", ListText.Row("a.jpg") + "\n" + ListText.Row("a.jpg", expression: "2") },
    };

    [Fact]
    public async Task Finish_TheSmallestPlan_IsTheGoldenOne()
    {
        var found = Assert.Single(await Input().FingerprintsAsync());
        Assert.True(found == Golden, $"Every shard of every dataset would be made again: {found}. If that is meant, raise FormatVersions.Schema and renew the hash here.");
    }

    [Theory]
    [MemberData(nameof(OtherParameters))]
    public async Task Finish_AnotherParameter_Differs(string what, JobParameters parameters) =>
        AssertDiffers(what, await Input(parameters).FingerprintsAsync());

    [Fact]
    public async Task Finish_AnyTwoChanges_DifferFromEachOther()
    {
        List<string> all = [Golden];
        foreach (var row in OtherParameters) all.AddRange(await Input(row.Data.Item2).FingerprintsAsync());
        foreach (var row in OtherRows) all.AddRange(await Input(row: row.Data.Item2).FingerprintsAsync());
        Assert.Equal(all.Count, all.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(OtherRows))]
    public async Task Finish_AnotherAnnotation_Differs(string what, string row) => AssertDiffers(what, await Input(row: row).FingerprintsAsync());

    [Fact]
    public async Task Finish_AnotherList_Differs() => AssertDiffers("list", await new PlanInput().With("validation", "a.jpg").FingerprintsAsync());

    [Theory]
    [InlineData("version", "a.jpg", 3, "2")]
    [InlineData("size", "a.jpg", 4, "1")]
    [InlineData("resolved path", "Manually_Annotated_Images/a.jpg", 3, "1")]
    [InlineData("resolved extension", "a.png", 3, "1")]
    [InlineData("absent", "b.jpg", 3, "1")]
    public async Task Finish_AnotherImage_Differs(string what, string key, int size, string version)
    {
        var input = Input();
        input.Images.Remove("a.jpg");
        input.Images.Put(key, new byte[size], version);
        AssertDiffers(what, await input.FingerprintsAsync());
    }

    [Theory]
    [InlineData("1,2,3,4", "0.5")]
    [InlineData("NULL,NULL,NULL,NULL", "0.50")]
    [InlineData("0,0,100,100", " +5e-1")]
    public async Task Finish_TheSameAnnotationWrittenOtherwise_IsTheSame(string box, string valence) =>
        Assert.Equal(Golden, Assert.Single(await Input(row: ListText.Row("a.jpg", box: box, valence: valence)).FingerprintsAsync()));

    private static void AssertDiffers(string what, string[] fingerprints) => Assert.True(Assert.Single(fingerprints) != Golden, what);

    private static PlanInput Input(JobParameters? parameters = null, string? row = null)
    {
        var input = new PlanInput { Parameters = parameters ?? new() }.With("training", "a.jpg");
        if (row is not null) input.Rows["training"][0] = row;
        return input;
    }
}
