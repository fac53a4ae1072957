using EyeSlots.Preprocessing.Jobs;

namespace EyeSlots.Tests.Jobs;

public sealed class NeededSharesTests
{
    private readonly NeededShares shares = new();

    [Fact]
    public void Best_FewFaces_IsNotKnown()
    {
        for (var face = 0; face < 15; face++) shares.Add(0.5);
        Assert.Equal(0, shares.Best);
        shares.Add(0.5);
        Assert.Equal(0.5, shares.Best);
    }

    [Theory]
    [InlineData(0.001, 1.0 / 64)]
    [InlineData(0.574, 37.0 / 64)]
    [InlineData(1, 1)]
    public void Best_FacesThatNeedTheSame_IsThatShareRoundedUp(double needed, double best)
    {
        for (var face = 0; face < 100; face++) shares.Add(needed);
        Assert.Equal(best, shares.Best, 6);
    }

    [Fact]
    public void Best_OneOfTwentyNeedsAll_LeavesItOut_AndOneOfTwoAsksForAll()
    {
        for (var face = 0; face < 100; face++) shares.Add(face % 20 == 0 ? 1 : 0.5);
        Assert.Equal(0.5, shares.Best);
        for (var face = 0; face < 400; face++) shares.Add(face % 2 == 0 ? 1 : 0.75);
        Assert.Equal(1, shares.Best);
    }

    [Fact]
    public void Best_OtherFacesFromNowOn_FollowsThem()
    {
        for (var face = 0; face < 100_000; face++) shares.Add(0.25);
        for (var face = 0; face < 1000; face++) shares.Add(0.625);
        Assert.Equal(0.625, shares.Best);
    }

    [Fact]
    public void Best_SpreadFaces_CostsLessThanAnyOtherShare()
    {
        var random = new Random(4);
        var needed = Enumerable.Range(0, 400).Select(_ => 0.5 + (0.25 * random.NextDouble() * random.NextDouble())).ToArray();
        foreach (var share in needed) shares.Add(share);
        var best = Cost(shares.Best);
        for (var share = 0.02; share <= 1; share += 0.02) Assert.True(best <= Cost(share) + 2, $"{share} costs {Cost(share)} and {shares.Best} {best}.");

        double Cost(double asked) => needed.Sum(one => one <= asked ? asked : asked < 1 ? 1.4 : 1);
    }
}
