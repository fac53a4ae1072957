using EyeSlots.Reporting.Datasets;

namespace EyeSlots.Tests.Reporting.Datasets;

/// <summary>Reads that run beside each other and come in their order.</summary>
public sealed class OrderedReadsTests
{
    private const int AtOnce = 4;

    [Fact]
    public async Task Results_ComeInTheOrderOfTheItemsHoweverLongEachTakes()
    {
        var (under, most) = (0, 0);
        List<int> results = [];
        await foreach (var result in OrderedReads.InOrderAsync(Enumerable.Range(0, 200), AtOnce, async (item, stop) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref under));
            await Task.Delay(item % 7, stop);
            Interlocked.Decrement(ref under);
            return item * 3;
        }, TestContext.Current.CancellationToken)) results.Add(result);
        Assert.Equal(Enumerable.Range(0, 200).Select(item => item * 3), results);
        Assert.InRange(most, 1, AtOnce);
    }

    [Fact]
    public async Task Failure_IsThrownInItsPlaceAndTheOthersAreStopped()
    {
        var (stopped, results) = (0, new List<int>());
        await Assert.ThrowsAsync<FormatException>(async () =>
        {
            await foreach (var result in OrderedReads.InOrderAsync(Enumerable.Range(0, 100), AtOnce, ReadAsync, TestContext.Current.CancellationToken)) results.Add(result);
        });
        Assert.Equal([0, 1, 2], results);
        Assert.Equal(AtOnce - 1, stopped);

        async Task<int> ReadAsync(int item, CancellationToken cancellation)
        {
            if (item < 3) return item;
            if (item == 3) throw new FormatException();
            try
            {
                await Task.Delay(Timeout.Infinite, cancellation);
            }
            catch (OperationCanceledException)
            {
                Interlocked.Increment(ref stopped);
                throw;
            }

            return item;
        }
    }
}
