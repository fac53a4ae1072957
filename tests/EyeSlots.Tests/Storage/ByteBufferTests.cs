using EyeSlots.Core.Storage;

namespace EyeSlots.Tests.Storage;

public class ByteBufferTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(1_000_000)]
    [InlineData(3_400_001)]
    public void Reset_OfAnyLength_HoldsItAndWastesAnEighthAtMost(int length)
    {
        var buffer = new ByteBuffer();

        buffer.Reset(length);

        Assert.Equal(length, buffer.Memory.Length);
        Assert.InRange(buffer.Capacity, length, Math.Max(4096, length + (length / 8)));
    }

    [Fact]
    public void Reset_ToLess_KeepsTheMemory()
    {
        var buffer = new ByteBuffer();
        buffer.Reset(1_000_000);
        var held = buffer.Capacity;

        buffer.Reset(10);

        Assert.Equal((10, held), (buffer.Length, buffer.Capacity));
    }
}
