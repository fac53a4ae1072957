using System.Buffers;
using EyeSlots.Core.Geometry;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;

namespace EyeSlots.Tests.Shards;

/// <summary>A shard does not tell in which order its faces came.</summary>
public sealed class ShardOrderTests
{
    private const int Faces = 50;
    private readonly Slice slice = MadeShard.Slice(Faces);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Finish_FacesCameInAnyOrder_GivesTheBytesOfTheSliceOrder(int seed)
    {
        int[] places = [.. Enumerable.Range(0, Faces)];
        var inOrder = await MakeAsync(places);
        new Random(seed).Shuffle(places);
        var anyOrder = await MakeAsync(places);
        Assert.Equal(inOrder.Shard.ToArray(), anyOrder.Shard.ToArray());
        Assert.Equal(inOrder.Quarantine.ToArray(), anyOrder.Quarantine.ToArray());
        Assert.Equal(inOrder.Result with { RejectedByCode = anyOrder.Result.RejectedByCode }, anyOrder.Result);
        Assert.Equal(inOrder.Result.RejectedByCode, anyOrder.Result.RejectedByCode);
    }

    [Fact]
    public async Task Finish_FacesAreMissing_IsRefused()
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => MakeAsync([0, 2, 4]));
        Assert.Equal("47 of 50 faces of the slice were neither added nor rejected.", refused.Message);
    }

    private async Task<ShardFiles> MakeAsync(IEnumerable<int> places)
    {
        var builder = new ShardBuilder(slice, new() { Format = SlotFormat.Raw }, 512L << 20);
        foreach (var place in places)
        {
            builder.Slot.Write(Enumerable.Repeat((byte)place, 3 * (1 + place)).ToArray());
            if (place % 7 == 3) builder.Reject(place, new((Core.Annotations.RejectCode)(place % 5), $"Reason {place}."));
            else builder.Add(place, new EyeSlot(place, 2, 1, 1, Direction.Right), 1, 1 + place, 1, 400, 300);
        }

        return await builder.FinishAsync();
    }
}
