using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;

namespace EyeSlots.Tests.Planning;

/// <summary>The keys that a listing is asked for, from the paths that lists name.</summary>
public sealed class NameRangeTests
{
    private static readonly string[] Parts = ["a", "b", "a.b", "a-b", "é", "\uFFFD", "😀", "0", "img_1", "z.", "A"];

    [Theory]
    [InlineData("")]
    [InlineData("Manually_Annotated_Images/")]
    public void Parts_OfManyPaths_HoldEachOnceWithAnyExtension(string prefix)
    {
        var random = new Random(17);
        for (var round = 0; round < 200; round++)
        {
            string[] paths = [.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => Path(random))];
            var names = Of(paths);
            var parts = names.Parts(prefix, random.Next(1, 12));
            foreach (var path in paths)
            {
                Assert.Single(parts, part => Holds(part, prefix + path));
                foreach (var extension in ImagePlaces.Extensions) Assert.Single(parts, part => Holds(part, $"{prefix}{ImagePlaces.Stem(path)}{extension}"));
            }
        }
    }

    [Fact]
    public void Parts_OfMorePathsThanTheSampleHolds_HoldAboutAsManyEach()
    {
        string[] paths = [.. Enumerable.Range(0, 60_000).Select(number => $"{number % 1300}/{number}.jpg")];
        var parts = Of(paths).Parts("", 16);
        Assert.Equal(16, parts.Count);
        Assert.All(parts, part => Assert.InRange(paths.Count(path => Holds(part, path)), 60_000 / 16 / 2, 60_000 / 16 * 2));
    }

    [Fact]
    public void Range_OfPathsInAFolder_LeavesOutWhatLiesBesideIt()
    {
        var range = Of("train_set/images/17.jpg", "train_set/images/180.jpg").Range("")!.Value;
        Assert.False(Holds(range, "train_set/annotations/17_exp.npy"));
        Assert.False(Holds(range, "train_set/images/2.jpg"));
        Assert.False(Holds(range, "val_set/images/17.jpg"));
        Assert.True(Holds(range, "train_set/images/17.png"));
    }

    [Fact]
    public void Range_WithoutPaths_IsNone()
    {
        Assert.Null(new NameRange().Range(""));
        Assert.Empty(new NameRange().Parts("", 4));
    }

    private static bool Holds(KeyRange range, string key) => KeyOrder.Compare(key, range.After) > 0 && !range.IsBefore(key);

    private static NameRange Of(params string[] paths)
    {
        var names = new NameRange();
        foreach (var path in paths) names.Add(path, PlannedFace.HashOf(path));
        return names;
    }

    private static string Path(Random random) => string.Concat(
        Parts[random.Next(Parts.Length)], random.Next(2) == 0 ? "/" + Parts[random.Next(Parts.Length)] : "", random.Next(3) == 0 ? "" : ".bmp");
}
