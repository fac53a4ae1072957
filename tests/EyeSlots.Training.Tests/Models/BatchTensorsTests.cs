using EyeSlots.Training.Augmentation;
using EyeSlots.Training.Models;
using EyeSlots.Training.Tests.Tools;
using EyeSlots.Training.Torch;
using TorchSharp;

namespace EyeSlots.Training.Tests.Models;

/// <summary>Batches as the network takes them.</summary>
public sealed class BatchTensorsTests
{
    static BatchTensorsTests() => LibTorch.Load();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ToInput_EachByte_IsNormalisedInItsPlace(bool gray)
    {
        InputShape shape = new(11, 9, gray);
        var batch = RandomBatch.Of(shape, 3);
        using var scope = torch.NewDisposeScope();
        using var tensors = new BatchTensors(shape, torch.CPU);
        var input = tensors.ToInput(batch);
        Assert.Equal([3, shape.Channels, 9, 11], input.shape);
        Assert.All(Places(shape, 3), place => Assert.Equal(
            (batch.Pixels.Span[Offset(shape, place)] / 127.5f) - 1, input[place.Face, place.Channel, place.Y, place.X].item<float>(), 1e-6f));
    }

    [Fact]
    public void ToInput_OfABox_IsZeroInsideAndAsBeforeOutside()
    {
        var shape = new InputShape(10, 8, false);
        var batch = RandomBatch.Of(shape, 3);
        using var scope = torch.NewDisposeScope();
        using var tensors = new BatchTensors(shape, torch.CPU);
        var before = tensors.ToInput(batch);
        CutoutBox box = new(2, 3, 6, 7);
        batch.Set(1, 1, new(0, 0, null), 1, box);
        var after = tensors.ToInput(batch);
        Assert.All(Places(shape, 3), place =>
        {
            var isCut = place.Face == 1 && place.X >= box.X0 && place.X < box.X1 && place.Y >= box.Y0 && place.Y < box.Y1;
            Assert.Equal(isCut ? 0 : before[place.Face, place.Channel, place.Y, place.X].item<float>(), after[place.Face, place.Channel, place.Y, place.X].item<float>());
        });
    }

    [Fact]
    public void ToInput_OfASmallerBatch_TakesNoMoreMemoryAndNoFacesOfTheOneBefore()
    {
        using var scope = torch.NewDisposeScope();
        using var tensors = new BatchTensors(InputShape.Default, torch.CPU);
        tensors.ToInput(RandomBatch.Of(InputShape.Default, 5, seed: 1));
        var small = tensors.ToInput(RandomBatch.Of(InputShape.Default, 2, seed: 2));
        using var others = new BatchTensors(InputShape.Default, torch.CPU);
        Assert.True(small.eq(others.ToInput(RandomBatch.Of(InputShape.Default, 2, seed: 2))).all().item<bool>());
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
