using EyeSlots.Core.Planning;

namespace EyeSlots.Tests.Planning;

/// <summary>Where a list is cut.</summary>
public sealed class SliceCutterTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(768)]
    [InlineData(769)]
    [InlineData(5_000)]
    [InlineData(60_000)]
    public void Cut_AnyNumberOfFaces_GivesRangesInOrderWithoutGaps(int faces)
    {
        var hashes = Hashes(faces, seed: faces);
        var at = 0;
        foreach (var part in SliceCutter.Cut(faces, i => hashes[i]))
        {
            Assert.Equal(at, part.Start.Value);
            Assert.InRange(part.End.Value - at, 1, SliceCutter.MostFaces);
            at = part.End.Value;
        }

        Assert.Equal(faces, at);
    }

    [Fact]
    public void Cut_UpToTheMost_IsOneSlice() => Assert.Single(SliceCutter.Cut(768, Hashes(768, 1).ElementAt));

    [Fact]
    public void Cut_OneImageWithMore_IsASliceOfItsOwn()
    {
        UInt128[] hashes = [.. Hashes(300, 3), .. Enumerable.Repeat(UInt128.MaxValue / 3, 1_000)];
        Array.Sort(hashes);
        var crowd = Array.IndexOf(hashes, UInt128.MaxValue / 3);
        Assert.Contains(crowd..(crowd + 1_000), SliceCutter.Cut(hashes.Length, i => hashes[i]));
    }

    [Fact]
    public void Cut_ManyFacesOfFewImages_NeverPartsAnImage()
    {
        var random = new Random(11);
        for (var round = 0; round < LongRun.Count(200, 5_000); round++)
        {
            var images = Hashes(random.Next(1, 400), round);
            UInt128[] hashes = [.. images.SelectMany(hash => Enumerable.Repeat(hash, random.Next(1, 12))).Order()];
            foreach (var part in SliceCutter.Cut(hashes.Length, i => hashes[i]))
            {
                var (start, end) = (part.Start.Value, part.End.Value);
                Assert.True(start == 0 || hashes[start - 1] != hashes[start]);
                Assert.True(end - start <= SliceCutter.MostFaces);
            }
        }
    }

    private static UInt128[] Hashes(int count, int seed)
    {
        var random = new Random(seed);
        var hashes = Enumerable.Range(0, count).Select(_ => new UInt128((ulong)random.NextInt64(), (ulong)random.NextInt64()) << 1).ToArray();
        Array.Sort(hashes);
        return hashes;
    }
}
