using EyeSlots.Preprocessing.Synthesis;
using EyeSlots.Preprocessing.Synthesis.Portraits;

namespace EyeSlots.Tests.Synthesis.Portraits;

/// <summary>Whatever differs between persons and photographs, two ratios tell what the eyes show.</summary>
public sealed class PortraitTests
{
    public static TheoryData<int> Sides => [-1, 1];

    [Theory]
    [MemberData(nameof(Sides))]
    public void LowerLid_OfAnyPersonAnywhere_OpensTheShareThatTellsValence(int side)
    {
        foreach (var face in Faces())
        {
            var eye = face.Portrait!.Eye(side);
            var (left, right) = (Placed(face, eye.Upper(-1)), Placed(face, eye.Upper(1)));
            Assert.Equal(left, Placed(face, eye.Lower(-1)));
            for (var at = -0.8; at < 0.9; at += 0.2)
            {
                var corners = Placed(face, Between(eye.Upper(-1), eye.Upper(1), (at + 1) / 2));
                var (upper, lower) = (Distance(Placed(face, eye.Upper(at)), corners), Distance(Placed(face, eye.Lower(at)), corners));
                Assert.Equal(1 - (0.55 * face.ShownValence), lower / upper, 1e-9);
            }

            Assert.True(Distance(left, right) > 0.1 * face.Scale);
        }
    }

    [Theory]
    [MemberData(nameof(Sides))]
    public void Pupil_OfAnyPerson_IsTheShareOfTheIrisThatTellsArousal(int side) => Assert.All(Faces(), face =>
    {
        var eye = face.Portrait!.Eye(side);
        Assert.Equal(0.42 + (0.2 * face.ShownArousal), eye.PupilShare, 1e-12);
        Assert.InRange(eye.PupilShare * eye.Iris * face.Scale * 96 / (0.8 * face.Scale), 0.7, 6); // visible in a network's input
    });

    [Fact]
    public void Persons_OfVariety_DifferMoreTheMoreIsAskedFor()
    {
        var (little, much) = (Spread(0.25), Spread(1));
        Assert.True(Spread(0.0001) < 0.001);
        Assert.InRange(little / much, 0.2, 0.3);
    }

    [Fact]
    public void Photographs_OfAPerson_ShowTheSamePersonAnotherWay()
    {
        SynthOptions options = new() { Variety = 1 };
        var (first, second) = (Cast.On(options, 10, 1)[0]!, Cast.On(options, 11, 1)[0]!);
        Assert.Equal(first.Person, second.Person);
        Assert.NotEqual(first.Shot, second.Shot);
        Assert.NotEqual(first.Person, Cast.On(options, 15, 1)[0]!.Person);
    }

    [Fact]
    public void Landmarks_OfADetector_ErrByLittle()
    {
        var errors = Faces().SelectMany(face => face.Landmarks.Zip(face.Points, (stated, drawn) => (stated - drawn) / face.Scale)).ToList();
        Assert.Equal(0, errors.Average(), 1e-3);
        Assert.Equal(0.007, Math.Sqrt(errors.Average(error => error * error)), 5e-4);
    }

    private static IEnumerable<SynthFace> Faces()
    {
        SynthOptions options = new() { Variety = 1 };
        var random = new Random(3);
        for (var index = 0; index < 300; index++) yield return SynthFace.Of(random, 425, 0.15, Framing.Usual, Cast.On(options, index, 1))[0];
    }

    private static double Spread(double variety)
    {
        var heights = Enumerable.Range(0, 500).Select(person => Person.Draw(new(new Random(person), variety)).Brows.Height).ToList();
        return Math.Sqrt(heights.Average(height => (height - heights.Average()) * (height - heights.Average())));
    }

    private static (double X, double Y) Between((double X, double Y) from, (double X, double Y) to, double share) =>
        (from.X + (share * (to.X - from.X)), from.Y + (share * (to.Y - from.Y)));

    private static (double X, double Y) Placed(SynthFace face, (double X, double Y) point) => face.Place(point.X, point.Y);

    private static double Distance((double X, double Y) from, (double X, double Y) to) =>
        Math.Sqrt(((from.X - to.X) * (from.X - to.X)) + ((from.Y - to.Y) * (from.Y - to.Y)));
}
