using EyeSlots.Core.Geometry;

namespace EyeSlots.Tests.Geometry;

/// <summary>Which of several equally small boxes is taken, and landmarks that make none.</summary>
public sealed class SlotDirectionTests
{
    public static TheoryData<string, double[]> Refused => new()
    {
        { "not all points are there", new double[44] },
        { "the centres of both eyes are the same point", new double[46] },
        { "the centres of both eyes are the same point", EqualEyes() },
        { "all points lie on one line", [.. Enumerable.Range(0, 23).SelectMany(i => new double[] { 3 * i, 7 * i })] },
        { "all points lie on one line", [.. Enumerable.Range(0, 23).SelectMany(i => new double[] { 100, i })] },
        { "all points lie on one line", [.. Enumerable.Range(0, 23).SelectMany(i => new double[] { i * 0.1, (i * 0.3) + 5 })] },
        { "a coordinate is not finite", With(7, double.NaN) },
        { "a coordinate is not finite", With(45, double.PositiveInfinity) },
        { "a coordinate is not finite", With(0, double.NegativeInfinity) },
        { "a coordinate is beyond ±1,000,000", With(22, 1_000_000.01) },
        { "a coordinate is beyond ±1,000,000", With(1, -1e300) },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void TryFind_LandmarksThatSpanNoSlot_AreRefusedWithTheReason(string reason, double[] eyes)
    {
        foreach (var angle in Enum.GetValues<AngleMode>())
        {
            Assert.False(SlotGeometry.TryFind(eyes, new(angle), out _, out var why));
            Assert.Equal(reason, why);
        }
    }

    [Fact]
    public void TryFind_LandmarksAtTheLimit_AreTaken() =>
        Assert.True(DrawnEyes.Slot(With(22, 1_000_000)).Width > 0);

    [Theory]
    [InlineData(1, 1, 0)]
    [InlineData(-1, 1, 90)]
    [InlineData(-1, -1, -90)]
    [InlineData(1, -1, -90)]
    public void TryFind_EyeVectorHalfwayBetweenTwoDirections_TakesTheSmallerAngle(int x, int y, double theta) =>
        Assert.Equal(theta, DrawnEyes.Slot(Square(x, y, 0)).Theta, 1e-9);

    /// <summary>The same halfway cases where neither direction is a round number: noise of the last digit must not decide.</summary>
    [Theory]
    [InlineData(30)]
    [InlineData(36.87)]
    [InlineData(71)]
    [InlineData(7)]
    public void TryFind_TurnedSquareWithTheEyesOnItsDiagonal_TakesTheSmallerAngle(double degrees) =>
        Assert.Equal(degrees, DrawnEyes.Slot(Square(1, 1, degrees)).Theta, 1e-6);

    [Theory]
    [InlineData(AngleMode.MinArea)]
    [InlineData(AngleMode.EyeLine)]
    public void TryFind_FaceOnItsHead_HasThetaOf180AndNever180Below(AngleMode angle) =>
        Assert.Equal(180, DrawnEyes.Slot(DrawnEyes.Turned(DrawnEyes.Box(100, 100, 300, 200), 180), new(angle)).Theta, 1e-9);

    private static double[] With(int at, double value)
    {
        var eyes = DrawnEyes.At(300, 200, 80, 3);
        eyes[at] = value;
        return eyes;
    }

    private static double[] EqualEyes()
    {
        var eyes = DrawnEyes.Box(0, 0, 200, 100);
        for (var i = 0; i < 12; i++) (eyes[22 + (2 * i)], eyes[23 + (2 * i)]) = (100, 50);
        return eyes;
    }

    // The hull is a square, so all four directions have the least area; the eyes lie on a diagonal.
    private static double[] Square(int x, int y, double degrees)
    {
        var eyes = DrawnEyes.Box(-100, -100, 100, 100);
        for (var i = 8; i < eyes.Length; i++) eyes[i] = 0;
        for (var i = 0; i < 6; i++) (eyes[34 + (2 * i)], eyes[35 + (2 * i)]) = (50 * x, 50 * y);
        return DrawnEyes.Turned(eyes, degrees);
    }
}
