using EyeSlots.Core.Planning;

namespace EyeSlots.Tests.Planning;

/// <summary>In what order faces stand, however many there are and however many of them share an image.</summary>
public sealed class FaceOrderTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(1_000, 1)]
    [InlineData(1_023, 700)]
    [InlineData(1_024, 1_024)]
    [InlineData(20_000, 15_000)]
    [InlineData(70_000, 70_000)]
    public void Sort_FacesInFileOrder_StandByHashThenInFileOrder(int faces, int images)
    {
        var random = new Random(faces);
        var hashes = Enumerable.Range(0, images).Select(image => PlannedFace.HashOf($"{image}.jpg")).ToArray();
        var planned = Enumerable.Range(0, faces).Select(at => new PlannedFace(hashes[random.Next(images)], 100L * at)).ToArray();
        Assert.Equal(planned.OrderBy(face => face.Hash).ThenBy(face => face.Record), Sorted(planned));
    }

    [Fact]
    public void Sort_HashesAtTheEdges_StandInOrder()
    {
        UInt128[] edges = [UInt128.MaxValue, UInt128.Zero, UInt128.One << 127, (UInt128.One << 127) - 1, UInt128.One << 64, ulong.MaxValue];
        PlannedFace[] planned = [.. Enumerable.Range(0, 3_000).Select(at => new PlannedFace(edges[at % edges.Length], at))];
        Assert.Equal(planned.OrderBy(face => face.Hash).ThenBy(face => face.Record), Sorted(planned));
    }

    private static PlannedFace[] Sorted(PlannedFace[] planned)
    {
        FaceOrder order = new();
        foreach (var face in planned) order.Add(face);
        return order.Sort();
    }
}
