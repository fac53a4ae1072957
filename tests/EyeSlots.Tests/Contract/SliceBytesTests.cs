using EyeSlots.Core.Annotations;
using EyeSlots.Core.Geometry;
using EyeSlots.Core.Planning;
using EyeSlots.Spark.Contract;

namespace EyeSlots.Tests.Contract;

/// <summary>A slice must arrive on an executor as it left, or the shard would have other bytes under the same name.</summary>
public sealed class SliceBytesTests
{
    private static readonly Slice Mixed = new("train", new string('a', 64),
    [
        Face("1/a.jpg", 0, i => Math.Round(100 + (i * 0.01), 2)),
        Face("1/a.jpg", 1, i => Math.PI * i) with { Expression = 10, Valence = -1, Arousal = 0.1f },
        Face("2/ü\u0001.png", int.MaxValue, i => i % 2 == 0 ? -0.0 : double.MaxValue) with { Valence = 0 },
        Face("3/c.jpg", 0, i => 1e6 * i) with { Image = new("Manually_Annotated_Images/3/c.jpg", long.MaxValue, "sha256:00") },
        new() { Key = new("train", "", 7), Eyes = [], Defect = new(RejectCode.AnnotationInvalid, "no path") },
    ]);

    [Fact]
    public void Read_OfWrittenSlice_GivesEveryFaceBitForBit()
    {
        var read = SliceBytes.Read(SliceBytes.Write(Mixed));
        Assert.Equal((Mixed.List, Mixed.Fingerprint, Mixed.Faces.Count), (read.List, read.Fingerprint, read.Faces.Count));
        foreach (var (expected, actual) in Mixed.Faces.Zip(read.Faces))
        {
            Assert.Equal(expected with { Eyes = [] }, actual with { Eyes = expected.Eyes.Length == 0 ? actual.Eyes : [] }, FacesWithoutEyes);
            Assert.Equal(expected.Eyes.Select(BitConverter.DoubleToInt64Bits), actual.Eyes.Select(BitConverter.DoubleToInt64Bits));
        }
    }

    [Fact]
    public void Write_OfHundredths_TakesLessThanThreeBytesForACoordinate()
    {
        var bytes = SliceBytes.Write(new("t", new string('0', 64), [Face("a", 0, i => Math.Round(212.34 + (i * 0.37), 2))]));
        Assert.InRange(bytes.Length, 46, 240);
    }

    [Fact]
    public void Read_OfDamagedBytes_ThrowsFormatExceptionOrGivesASlice()
    {
        var whole = SliceBytes.Write(Mixed);
        var random = new Random(5);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = whole.AsSpan(0, random.Next(whole.Length + 1)).ToArray();
            for (var hits = random.Next(4); hits > 0 && bytes.Length > 0; hits--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                SliceBytes.Read(bytes);
            }
            catch (FormatException)
            {
                // What a damaged slice must end in.
            }
        }
    }

    [Fact]
    public void Read_OfEveryTruncation_Throws()
    {
        var whole = SliceBytes.Write(Mixed);
        for (var length = 0; length < whole.Length; length++) Assert.Throws<FormatException>(() => SliceBytes.Read(whole.AsSpan(0, length)));
        Assert.Throws<FormatException>(() => SliceBytes.Read([.. whole, 0]));
    }

    [Fact]
    public void Read_OfClaimedBillions_AllocatesNothing()
    {
        // Version 2, empty texts, a count of 2^34 faces.
        byte[] bytes = [2, 0, 0, 0x80, 0x80, 0x80, 0x80, 0x40];
        Assert.Contains("claims", Assert.Throws<FormatException>(() => SliceBytes.Read(bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfAnotherVersion_SaysThatReleasesDiffer() =>
        Assert.Contains("one release", Assert.Throws<FormatException>(() => SliceBytes.Read([1])).Message, StringComparison.Ordinal);

    private static IEqualityComparer<SliceFace> FacesWithoutEyes { get; } = EqualityComparer<SliceFace>.Create(
        (a, b) => (a!.Key, a.Expression, a.Valence, a.Arousal, a.Image, a.Defect) == (b!.Key, b.Expression, b.Valence, b.Arousal, b.Image, b.Defect));

    private static SliceFace Face(string path, int index, Func<int, double> eye) => new()
    {
        Key = new("train", path, index),
        Eyes = [.. Enumerable.Range(0, EyeLandmarks.Coordinates).Select(eye)],
        Image = new(path, 123, "1700000000000000000"),
    };
}
