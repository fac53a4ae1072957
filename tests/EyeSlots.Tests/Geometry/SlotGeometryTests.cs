using CsCheck;
using EyeSlots.Core.Geometry;

namespace EyeSlots.Tests.Geometry;

/// <summary>What must hold for the slot of every face.</summary>
public sealed class SlotGeometryTests
{
    private static readonly int Faces = LongRun.Count(1000, 10_000);
    private static readonly SlotOptions EyeLine = new(AngleMode.EyeLine);

    [Theory]
    [InlineData(AngleMode.MinArea)]
    [InlineData(AngleMode.EyeLine)]
    public void TryFind_TurnedLandmarks_TurnTheSlot(AngleMode angle) =>
        Seeded.ForAll(Gen.Select(DrawnEyes.Any.Where(face => BruteForce.IsClear(face.Eyes)), Gen.Double[-180, 180]), Faces, drawn =>
        {
            var (face, degrees) = drawn;
            var (slot, turned) = (DrawnEyes.Slot(face.Eyes, new(angle)), DrawnEyes.Slot(DrawnEyes.Turned(face.Eyes, degrees), new(angle)));
            var center = DrawnEyes.Turned([slot.CenterX, slot.CenterY], degrees);
            AssertNear(new(center[0], center[1], slot.Width, slot.Height, Direction.OfDegrees(slot.Theta + degrees)), turned, 1e-6);
        });

    [Theory]
    [InlineData(AngleMode.MinArea)]
    [InlineData(AngleMode.EyeLine)]
    public void TryFind_ScaledAndMovedLandmarks_ScaleAndMoveTheSlot(AngleMode angle) =>
        Seeded.ForAll(Gen.Select(DrawnEyes.Any.Where(face => BruteForce.IsClear(face.Eyes)), Gen.Double[0.01, 30], Gen.Double[-9e5, 9e5]), Faces, drawn =>
        {
            var (face, factor, shift) = drawn;
            var slot = DrawnEyes.Slot(face.Eyes, new(angle));
            var moved = DrawnEyes.Slot(DrawnEyes.Moved(DrawnEyes.Scaled(face.Eyes, factor), shift, -shift / 2), new(angle));
            var expected = new EyeSlot(
                (slot.CenterX * factor) + shift, (slot.CenterY * factor) - (shift / 2), slot.Width * factor, slot.Height * factor, slot.Direction);
            AssertNear(expected, moved, 1e-5);
        });

    [Fact]
    public void TryFind_PointsInAnyOrder_GiveTheSameSlot() =>
        Seeded.ForAll(Gen.Select(DrawnEyes.Any.Where(face => BruteForce.IsClear(face.Eyes)), Gen.Int), Faces, drawn =>
        {
            var points = drawn.Item1.Eyes.Chunk(2).ToArray();
            var random = new Random(drawn.Item2);
            random.Shuffle(points.AsSpan(0, EyeLandmarks.FirstEye));
            random.Shuffle(points.AsSpan(EyeLandmarks.FirstEye, 6));
            random.Shuffle(points.AsSpan(EyeLandmarks.SecondEye, 6));
            AssertNear(DrawnEyes.Slot(drawn.Item1.Eyes), DrawnEyes.Slot([.. points.SelectMany(point => point)]), 1e-9);
        });

    [Fact]
    public void TryFind_AnyFace_HoldsAllPointsAndIsNoLargerThanAnyOtherBox() =>
        Seeded.ForAll(DrawnEyes.Any, Faces, face =>
        {
            var slot = DrawnEyes.Slot(face.Eyes, new(GrowX: 0, GrowY: 0));
            Assert.Equal(BruteForce.Boxes(face.Eyes)[0].Area, slot.Width * slot.Height, 1e-6 * slot.Width * slot.Height);
            var own = DrawnEyes.Turned(DrawnEyes.Moved(face.Eyes, -slot.CenterX, -slot.CenterY), -slot.Theta);
            Assert.Equal(slot.Width / 2, own.Where((_, at) => at % 2 == 0).Max(Math.Abs), 1e-6);
            Assert.Equal(slot.Height / 2, own.Where((_, at) => at % 2 == 1).Max(Math.Abs), 1e-6);
        });

    [Fact]
    public void TryFind_FaceOnItsSideOrHead_ComesOutUpright() =>
        Seeded.ForAll(Gen.Select(Gen.Double[-180, 180], Gen.Double[10, 300]), Faces, drawn =>
        {
            var slot = DrawnEyes.Slot(DrawnEyes.At(500, 400, drawn.Item2, drawn.Item1));
            Assert.InRange(BruteForce.Difference(slot.Theta, drawn.Item1), 0, 6);
            Assert.InRange(slot.Theta, Math.BitIncrement(-180), 180);
            Assert.True(slot.Width > slot.Height);
        });

    [Fact]
    public void TryFind_EyeLineMode_TakesTheEyeVectorAndTheTightestBox() =>
        Seeded.ForAll(DrawnEyes.Any, Faces, face =>
        {
            var slot = DrawnEyes.Slot(face.Eyes, EyeLine with { GrowX = 0, GrowY = 0 });
            Assert.InRange(BruteForce.Difference(slot.Theta, BruteForce.EyeTheta(face.Eyes)), 0, 1e-9);
            var own = DrawnEyes.Turned(DrawnEyes.Moved(face.Eyes, -slot.CenterX, -slot.CenterY), -slot.Theta);
            foreach (var (axis, half) in ((int, double)[])[(0, slot.Width / 2), (1, slot.Height / 2)])
            {
                Assert.Equal(half, own.Where((_, at) => at % 2 == axis).Max(), 1e-6);
                Assert.Equal(-half, own.Where((_, at) => at % 2 == axis).Min(), 1e-6);
            }
        });

    [Fact]
    public void TryFind_Growth_MultipliesTheExtentsAboutTheCentre() =>
        Seeded.ForAll(Gen.Select(DrawnEyes.Any, Gen.Double[0, 2], Gen.Double[0, 2]), Faces, drawn =>
        {
            var (face, x, y) = drawn;
            var (bare, grown) = (DrawnEyes.Slot(face.Eyes, new(GrowX: 0, GrowY: 0)), DrawnEyes.Slot(face.Eyes, new(GrowX: x, GrowY: y)));
            AssertNear(bare with { Width = bare.Width * (1 + x), Height = bare.Height * (1 + y) }, grown, 1e-9);
        });

    internal static void AssertNear(EyeSlot expected, EyeSlot actual, double tolerance)
    {
        Assert.Equal(expected.CenterX, actual.CenterX, tolerance);
        Assert.Equal(expected.CenterY, actual.CenterY, tolerance);
        Assert.Equal(expected.Width, actual.Width, tolerance);
        Assert.Equal(expected.Height, actual.Height, tolerance);
        Assert.InRange(BruteForce.Difference(expected.Theta, actual.Theta), 0, tolerance);
    }
}
