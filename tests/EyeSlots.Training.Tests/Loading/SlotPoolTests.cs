using CsCheck;
using EyeSlots.Training.Loading;

namespace EyeSlots.Training.Tests.Loading;

public sealed class SlotPoolTests
{
    [Fact]
    public void Rent_HasRoom_AndAnEighthMoreAtMost() => Gen.Int[1, 2_000_000].Sample(bytes =>
    {
        var length = new SlotPool().Rent(bytes).Length;
        return length >= bytes && length <= Math.Max(1024, bytes + (bytes / 8) + 8);
    });

    [Fact]
    public void Rent_AfterAReturn_GivesTheArrayOnceMore()
    {
        var pool = new SlotPool();
        var array = pool.Rent(5000);
        Assert.NotSame(array, pool.Rent(5000));
        pool.Return(array);
        Assert.Same(array, pool.Rent(4990));
        Assert.NotSame(array, pool.Rent(4990));
    }

    [Fact]
    public void Return_OfAHugeArray_IsNotKept()
    {
        var pool = new SlotPool();
        var array = pool.Rent(5_000_000);
        pool.Return(array);
        Assert.NotSame(array, pool.Rent(5_000_000));
    }
}
