using EyeSlots.Core.Annotations;
using EyeSlots.Core.Planning;
using EyeSlots.Preprocessing.Cropping;
using EyeSlots.Preprocessing.Jobs;
using EyeSlots.Tests.Geometry;

namespace EyeSlots.Tests.Jobs;

/// <summary>How many bytes of an image are asked for first.</summary>
public sealed class StartLengthsTests
{
    private const int Size = 100_000;
    private static readonly ImageIdentity Image = new("a.jpg", Size, "1");
    private static readonly CropResult All = default;

    // Of a photograph of 400 pixels: in its middle, and turned by a quarter.
    private static readonly double[] Upright = DrawnEyes.At(200, 180, 110, 0), Turned = DrawnEyes.At(200, 180, 110, 90);
    private readonly StartLengths starts = new(static () => true);

    [Fact]
    public void Of_NothingSeen_AsksForTheUpperPartOfAFaceInTheMiddle()
    {
        Assert.InRange(starts.Of(Image, Upright), 0.5 * Size, 0.8 * Size);
        Assert.InRange(starts.Of(Image, DrawnEyes.Scaled(Upright, 4)), 0.5 * Size, 0.8 * Size);
        Assert.True(starts.Of(Image, DrawnEyes.At(200, 120, 110, 0)) < starts.Of(Image, Upright));
        Assert.True(starts.Of(Image, Turned) > starts.Of(Image, Upright));
    }

    [Fact]
    public void Of_SmallImagesAndThoseKnownByTheirHash_IsAll()
    {
        Assert.Equal(9000, starts.Of(new("a.jpg", 9000, "1"), Upright));
        Assert.Equal(0, starts.Of(ImageIdentity.OfContent("a.jpg", [1]), Upright));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.MaxValue)]
    [InlineData(-1e6)]
    [InlineData(1e6)]
    public void Of_LandmarksThatLieNowhere_IsAllOrSomething(double wrong)
    {
        foreach (var at in Enumerable.Range(0, Upright.Length))
        {
            var eyes = (double[])Upright.Clone();
            eyes[at] = wrong;
            Assert.InRange(starts.Of(Image, eyes), 1, Size);
            starts.Learn(Image, eyes, All);
        }

        Assert.Equal(Size, starts.Of(Image, []));
        Assert.Equal(Size, starts.Of(Image, new double[Upright.Length]));
    }

    [Fact]
    public void Of_FacesSeenBefore_AsksForWhatTheyNeeded_EachKindOfFaceByItself()
    {
        for (var face = 0; face < 40; face++)
        {
            starts.Learn(Image, Upright, new() { BytesNeeded = 41_000 });
            starts.Learn(Image, Turned, new() { BytesNeeded = 80_000 });
        }

        Assert.InRange(starts.Of(Image, Upright), 41_000, 43_000);
        Assert.InRange(starts.Of(Image, Turned), 80_000, 82_000);
        Assert.InRange(starts.Of(new("a.jpg", 10 * Size, "1"), Upright), 410_000, 430_000);
    }

    [Fact]
    public void Of_FacesThatNeedAll_IsAll_EvenForFacesOfAKindThatWasNotSeen()
    {
        for (var face = 0; face < 16; face++) starts.Learn(Image, Upright, All);
        Assert.Equal(Size, starts.Of(Image, Upright));
        Assert.Equal(Size, starts.Of(Image, DrawnEyes.At(200, 120, 110, 0)));
        for (var face = 0; face < 600; face++) starts.Learn(Image, Upright, new() { BytesNeeded = 41_000 });
        Assert.InRange(starts.Of(Image, Upright), 41_000, 43_000);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_WhateverPays_ReadsSomeTheOtherWay_MoreOfTheFirst(bool pay)
    {
        var lengths = new StartLengths(() => pay);
        int OtherWay(int images) => Enumerable.Range(0, images).Count(_ => lengths.Of(Image, Upright) < Size != pay);
        Assert.Equal(16, OtherWay(128));
        Assert.Equal(10, OtherWay(640));
    }

    [Fact]
    public void Learn_UnusableLandmarks_SayNothingAboutImages()
    {
        var before = starts.Of(Image, Upright);
        for (var face = 0; face < 100; face++) starts.Learn(Image, Upright, new() { Rejection = new(RejectCode.LandmarksInvalid, "") });
        Assert.Equal(before, starts.Of(Image, Upright));
    }

    [Fact]
    public void OfAndLearn_FromManyThreads_StayWithinTheImage() => Parallel.For(0, 20_000, turn =>
    {
        var eyes = turn % 3 == 0 ? Turned : Upright;
        Assert.InRange(starts.Of(Image, eyes), 1, Size);
        starts.Learn(Image, eyes, new() { BytesNeeded = turn % 7 == 0 ? 0 : 30_000 + (turn % 40_000) });
    });
}
