using CsCheck;
using EyeSlots.Core.Geometry;

namespace EyeSlots.Tests.Geometry;

/// <summary>Unit vectors from edges and from angles.</summary>
public sealed class DirectionTests
{
    private static readonly int Drawn = LongRun.Count(2000, 100_000);

    [Fact]
    public void Of_AnyVector_HasUnitLengthAndTheVectorsAngle() =>
        Seeded.ForAll(Gen.Select(Gen.Double[-1e6, 1e6], Gen.Double[-1e6, 1e6]).Where(vector => vector is not (0, 0)), Drawn, vector =>
        {
            var direction = Direction.Of(vector.Item1, vector.Item2);
            Assert.Equal(1, (direction.X * direction.X) + (direction.Y * direction.Y), 5e-16);
            Assert.Equal(ArcTangent.Degrees(vector.Item2, vector.Item1), direction.Degrees, 3e-14);
        });

    [Theory]
    [InlineData(3, 4, 0.6, 0.8)]
    [InlineData(-5e-300, 12e-300, -5.0 / 13, 12.0 / 13)]
    [InlineData(8e300, 15e300, 8.0 / 17, 15.0 / 17)]
    public void Of_VectorOfAnyLength_NeitherVanishesNorOverflows(double x, double y, double unitX, double unitY)
    {
        var direction = Direction.Of(x, y);
        Assert.Equal(unitX, direction.X, 2e-16);
        Assert.Equal(unitY, direction.Y, 2e-16);
    }

    [Fact]
    public void OfDegrees_AnyAngle_IsGivenBackButForItsLastDigits() =>
        Seeded.ForAll(Gen.Double[-180, 180], Drawn, degrees =>
            Assert.InRange(BruteForce.Difference(degrees, Direction.OfDegrees(degrees).Degrees), 0, 6e-14));

    [Fact]
    public void OfDegrees_QuarterTurns_AreExact()
    {
        for (var quarters = -8; quarters <= 8; quarters++)
        {
            var expected = Direction.Right;
            for (var turn = 0; turn < (quarters + 8) % 4; turn++) expected = expected.QuarterTurn();
            Assert.Equal(expected, Direction.OfDegrees(90 * quarters));
        }
    }

    /// <summary>The bits themselves: a processor or a compiler that gives others breaks "the same bytes everywhere".</summary>
    [Theory]
    [InlineData(30, 0.86602540378443871, 0.49999999999999994)]
    public void OfDegrees_KnownAngle_HasTheseBits(double degrees, double x, double y) => Assert.Equal(new(x, y), Direction.OfDegrees(degrees));
}
