using EyeSlots.Core.Annotations;
using EyeSlots.Core.Geometry;
using EyeSlots.Core.Planning;
using EyeSlots.Spark.Contract;

namespace EyeSlots.Tests.Planning;

/// <summary>A face has as many fields as the codec writes: one more has to be added here too, and then must arrive.</summary>
public sealed class FaceCodecTests
{
    private static readonly SliceFace Plain = new() { Key = new("train", "1/a.jpg", 0), Eyes = Eyes(0), Image = new("1/a.jpg", 5, "7") };

    /// <summary>Each field of a face by its name, with another value than the plain face has.</summary>
    public static TheoryData<string, SliceFace> Others => new()
    {
        { nameof(SliceFace.Key), Plain with { Key = new("train", "1/b.jpg", 3) } },
        { nameof(SliceFace.Eyes), Plain with { Eyes = Eyes(0.1) } },
        { nameof(SliceFace.Expression), Plain with { Expression = 0 } },
        { nameof(SliceFace.Valence), Plain with { Valence = -0.0f } },
        { nameof(SliceFace.Arousal), Plain with { Arousal = 0 } },
        { nameof(SliceFace.Image), Plain with { Image = new("Manually_Annotated_Images/1/a.jpg", 5, "7") } },
        { nameof(SliceFace.Defect), Plain with { Defect = new(RejectCode.LandmarksInvalid, "a coordinate is not a number"), Eyes = [] } },
    };

    [Fact]
    public void Others_NameEveryFieldOfAFace() => Assert.Equal(
        typeof(SliceFace).GetProperties().Select(property => property.Name).Order(), Others.Select(row => row.Data.Item1).Order());

    [Theory]
    [MemberData(nameof(Others))]
    public void Slice_OfAFaceWithAnotherField_HasOtherBytesAndGivesItBack(string field, SliceFace face)
    {
        var (plain, other) = (SliceBytes.Write(Slice(Plain)), SliceBytes.Write(Slice(face)));
        Assert.True(!plain.AsSpan().SequenceEqual(other), $"{field} is not written");
        var read = Assert.Single(SliceBytes.Read(other).Faces);
        Assert.Equal(face with { Eyes = read.Eyes }, read);
        Assert.Equal(face.Eyes, read.Eyes);
    }

    [Theory]
    [InlineData(RejectCode.AnnotationInvalid)]
    [InlineData(RejectCode.LandmarksInvalid)]
    public void PeekDefect_OfADamagedRow_GivesItsCode(RejectCode code)
    {
        var writer = new PackedWriter();
        FaceCodec.WriteAnnotation(writer, Plain with { Defect = new(code, "why"), Eyes = [], Expression = 3 });
        Assert.Equal(code, FaceCodec.PeekDefect(new(writer.Written)));
    }

    /// <summary>The fingerprint hashes these bytes: another order of the codes must not change them.</summary>
    [Fact]
    public void WriteAnnotation_OfADamagedRow_HoldsItsCodeAsText()
    {
        var writer = new PackedWriter();
        FaceCodec.WriteAnnotation(writer, Plain with { Defect = new(RejectCode.SlotOutside, "why"), Eyes = [] });
        Assert.True(writer.Written.IndexOf("slot-outside"u8) > 0);
    }

    private static Slice Slice(SliceFace face) => new("train", new string('0', 64), [face]);

    private static double[] Eyes(double more) => [.. Enumerable.Range(0, EyeLandmarks.Coordinates).Select(at => at + more)];
}
