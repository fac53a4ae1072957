using EyeSlots.Preprocessing.Jobs;

namespace EyeSlots.Tests.Jobs.Reading;

/// <summary>One bound for all workers of a process, in equal shares, and buffers that are used again.</summary>
public sealed class ReadBudgetTests
{
    private const int Megabyte = 1 << 20;

    [Theory]
    [InlineData(16, 32)]
    [InlineData(128, 32)]
    [InlineData(512, 128)]
    [InlineData(4096, 1024)]
    public void OfMemory_IsAQuarterAndAtLeast32Megabytes(long memory, int megabytes)
    {
        using var share = ReadBudget.OfMemory(memory << 20).Open();
        var taken = 0;
        while (share.TryTake(Megabyte, out _) is not null) taken++;
        Assert.Equal(megabytes, taken);
    }

    [Fact]
    public void TryTake_TheFirst_IsGivenHoweverLarge()
    {
        var budget = new ReadBudget(4 * Megabyte);
        using var one = budget.Open();
        using var other = budget.Open();
        Assert.NotNull(one.TryTake(10 * Megabyte, out _));
        Assert.NotNull(other.TryTake(10 * Megabyte, out var charge));
        Assert.Null(other.TryTake(1, out _));
        Assert.Equal((10L * Megabyte, 20L * Megabyte), (charge, budget.Taken));
    }

    [Fact]
    public void Workers_OfOneBudget_HaveEqualSharesOfIt()
    {
        var budget = new ReadBudget(32 * Megabyte);
        using var one = budget.Open();
        var held = TakeAll(one);
        Assert.Equal(32, held.Count);
        using (var other = budget.Open())
        {
            Assert.Single(TakeAll(other));
            foreach (var (buffer, charge) in held.Take(20)) one.GiveBack(buffer, charge);
            Assert.Equal(4, TakeAll(one).Count);
            Assert.Equal(15, TakeAll(other).Count);
        }
    }

    [Fact]
    public void Buffers_GivenBack_AreUsedAgainForAboutTheirSize()
    {
        using var share = new ReadBudget(32 * Megabyte).Open();
        var large = share.TryTake(Megabyte, out var charge)!;
        large.Reset(Megabyte);
        share.GiveBack(large, charge);
        var small = share.TryTake(5000, out var little)!;
        Assert.NotSame(large, small);
        Assert.Same(large, share.TryTake(Megabyte - 9000, out _));
        small.Reset(5000);
        share.GiveBack(small, little);
        Assert.Same(small, share.TryTake(5000, out _));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Buffers_SpareOnesIncluded_StayWithinTheBound(int seed)
    {
        var random = new Random(seed);
        var budget = new ReadBudget(8 * Megabyte);
        using var share = budget.Open();
        for (var round = 0; round < 50; round++)
        {
            var most = random.Next(2) == 0 ? 20_000 : 3 * Megabyte;
            List<(Core.Storage.ByteBuffer Buffer, long Charge)> held = [];
            for (int size; share.TryTake(size = random.Next(1, most), out var charge) is { } buffer; held.Add((buffer, charge)))
            {
                buffer.Reset(size);
                Assert.InRange(buffer.Capacity, size, charge);
            }

            Assert.InRange(budget.Taken, 4 * Megabyte, 8 * Megabyte);
            foreach (var (buffer, charge) in held) share.GiveBack(buffer, charge);
            Assert.Equal(0, budget.Taken);
            Assert.InRange(budget.Spare, 1, 8 * Megabyte);
        }
    }

    private static List<(Core.Storage.ByteBuffer Buffer, long Charge)> TakeAll(ReadShare share)
    {
        List<(Core.Storage.ByteBuffer, long)> taken = [];
        while (share.TryTake(Megabyte, out var charge) is { } buffer) taken.Add((buffer, charge));
        return taken;
    }
}
