using EyeSlots.Training.Augmentation;
using EyeSlots.Training.Models;
using EyeSlots.Training.Tests.Tools;
using EyeSlots.Training.Torch;
using TorchSharp;

namespace EyeSlots.Training.Tests.Models;

/// <summary>Batches as the network takes them.</summary>
public sealed class BatchSenderTests
{
    static BatchSenderTests() => LibTorch.Load();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Send_EachByte_IsNormalisedInItsPlace(bool gray)
    {
        InputShape shape = new(11, 9, gray);
        var batch = RandomBatch.Of(shape, 3);
        using var scope = torch.NewDisposeScope();
        using var sender = new BatchSender(shape, torch.CPU);
        var input = sender.Send(batch).Input;
        Assert.Equal([3, shape.Channels, 9, 11], input.shape);
        using var numbers = sender.Send(batch);
        Assert.Equal(batch.Targets.ToArray(), numbers.Targets.contiguous().data<float>().ToArray());
        Assert.Equal(batch.Weights.ToArray(), numbers.Weights.contiguous().data<float>().ToArray());
        Assert.All(Places(shape, 3), place => Assert.Equal(
            (batch.Pixels.Span[Offset(shape, place)] / 127.5f) - 1, input[place.Face, place.Channel, place.Y, place.X].item<float>(), 1e-6f));
    }

    [Fact]
    public void Send_OfABox_IsZeroInsideAndAsBeforeOutside()
    {
        var shape = new InputShape(10, 8, false);
        var batch = RandomBatch.Of(shape, 3);
        using var scope = torch.NewDisposeScope();
        using var sender = new BatchSender(shape, torch.CPU);
        var before = sender.Send(batch).Input;
        CutoutBox box = new(2, 3, 6, 7);
        batch.Set(1, 1, new(0, 0, null), 1, box);
        var after = sender.Send(batch).Input;
        Assert.All(Places(shape, 3), place =>
        {
            var isCut = place.Face == 1 && place.X >= box.X0 && place.X < box.X1 && place.Y >= box.Y0 && place.Y < box.Y1;
            Assert.Equal(isCut ? 0 : before[place.Face, place.Channel, place.Y, place.X].item<float>(), after[place.Face, place.Channel, place.Y, place.X].item<float>());
        });
    }

    [Fact]
    public void Send_OfASmallerBatch_TakesNoMoreMemoryAndNoFacesOfTheOneBefore()
    {
        using var scope = torch.NewDisposeScope();
        using var sender = new BatchSender(InputShape.Default, torch.CPU);
        using var large = sender.Send(RandomBatch.Of(InputShape.Default, 5, seed: 1));
        using var small = sender.Send(RandomBatch.Of(InputShape.Default, 2, seed: 2));
        using var others = new BatchSender(InputShape.Default, torch.CPU);
        using var alone = others.Send(RandomBatch.Of(InputShape.Default, 2, seed: 2));
        Assert.True(small.Input.eq(alone.Input).all().item<bool>());
        Assert.Equal((2, 2), (small.Targets.shape[0], small.Weights.shape[0]));
    }

    private static int Offset(InputShape shape, (int Face, int Channel, int Y, int X) place) =>
        (((((place.Face * shape.Height) + place.Y) * shape.Width) + place.X) * shape.Channels) + place.Channel;

    private static IEnumerable<(int Face, int Channel, int Y, int X)> Places(InputShape shape, int faces) =>
        from face in Enumerable.Range(0, faces)
        from channel in Enumerable.Range(0, shape.Channels)
        from y in Enumerable.Range(0, shape.Height)
        from x in Enumerable.Range(0, shape.Width)
        select (face, channel, y, x);
}
