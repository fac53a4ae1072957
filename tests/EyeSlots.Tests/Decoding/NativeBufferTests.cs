using EyeSlots.Preprocessing.Decoding;

namespace EyeSlots.Tests.Decoding;

public sealed class NativeBufferTests
{
    [Fact]
    public void Reserve_LessThanBefore_GivesTheSameMemoryAtItsRealLength()
    {
        using var buffer = new NativeBuffer();
        var large = buffer.Reserve(1000);
        large[999] = 7;
        var small = buffer.Reserve(10);
        Assert.True(small.Length == large.Length && large.Length >= 1000);
        Assert.Equal(7, small[999]);
        Assert.True(buffer.Reserve(2000).Length >= 2000);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    [InlineData(NativeBuffer.Most + 1L)]
    [InlineData(3L * 37_838 * 37_838)]
    [InlineData(long.MaxValue)]
    public void Reserve_SizeThatNoBufferHas_IsRefused(long bytes)
    {
        using var buffer = new NativeBuffer();
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Reserve(bytes).Length);
    }
}
