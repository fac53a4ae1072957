using EyeSlots.Core.Shards;

namespace EyeSlots.Tests.Trials;

/// <summary>Lists and folders as they are in the wild.</summary>
public sealed class ListTrialTests
{
    [Fact]
    public async Task HashRows_APathThatBeginsWithAHash_IsAFaceLikeAnyOther()
    {
        using var trial = Trial.Named("hash-rows");
        Assert.Equal(["#selfie.jpg", "selfie.jpg"], Paths(await trial.CropsAsync("list.csv", "img")));
    }

    [Theory]
    [InlineData("list.csv")]
    [InlineData("plain.csv")]
    public async Task HashHeader_ColumnsInAnotherOrder_GoByTheirNames(string list)
    {
        using var trial = Trial.Named("hash-header");
        Assert.Equal([(0, 0.389343f, -0.580615f), (1, 0.052127f, 0.895297f)], Labels(await trial.CropsAsync(list, "img")));
    }

    [Fact]
    public async Task NpyOrder_PointsInFortranOrder_GiveTheSameSlot()
    {
        using var fortran = Trial.Named("npy-order/fortran");
        using var c = Trial.Named("npy-order/c");
        var (first, second) = (Assert.Single(await fortran.CropsAsync("train_set", ".")), Assert.Single(await c.CropsAsync("train_set", ".")));
        Assert.Equal(second.Geometry, first.Geometry);
        Assert.Equal(second.Slot.ToArray(), first.Slot.ToArray());
        Assert.InRange(first.Geometry.Theta, 9, 10);
    }

    [Theory]
    [InlineData("float.csv", 3, 3, 0.389343f, 0.052127f)]
    [InlineData("na.csv", 0, 1, null, null)]
    [InlineData("none.csv", 0, 1, null, null)]
    [InlineData("null.csv", 0, 1, null, null)]
    public async Task LabelText_AsProgramsWriteIt_IsALabelOrNone(string list, int first, int second, float? firstValence, float? secondValence)
    {
        using var trial = Trial.Named("label-text");
        Assert.Equal([(first, firstValence, -0.580615f), (second, secondValence, 0.895297f)], Labels(await trial.CropsAsync(list, "img")));
    }

    [Theory]
    [InlineData("AffectNet/train_set")]
    [InlineData("AffectNet")]
    public async Task Layout2021_EitherFolderAsImageRoot_IsFound(string images)
    {
        using var trial = Trial.Named("layout-2021");
        Assert.Equal(["train_set/images/0.jpg"], Paths(await trial.CropsAsync("AffectNet/train_set", images)));
    }

    [Fact]
    public async Task StrayFiles_HiddenOnesBesideAnImage_AreNoFaces()
    {
        using var trial = Trial.Named("stray-files");
        Assert.Equal(["train_set/images/0.jpg"], Paths(await trial.CropsAsync("AffectNet/train_set", "AffectNet")));
    }

    [Theory]
    [InlineData("pandas.csv")]
    [InlineData("r.csv")]
    public async Task IndexColumn_WithoutAName_IsPassedOver(string list)
    {
        using var trial = Trial.Named("index-column");
        Assert.Equal([(0, 0.389343f, -0.580615f), (1, 0.052127f, 0.895297f)], Labels(await trial.CropsAsync(list, "img")));
    }

    private static IEnumerable<string> Paths(List<ShardRow> rows) => rows.Select(row => row.Key.ImagePath);

    private static IEnumerable<(int?, float?, float?)> Labels(List<ShardRow> rows) => rows.Select(row => (row.Expression, row.Valence, row.Arousal));
}
