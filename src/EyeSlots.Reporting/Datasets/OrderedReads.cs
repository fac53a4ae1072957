using System.Runtime.CompilerServices;

namespace EyeSlots.Reporting.Datasets;

/// <summary>Reads many things at once and hands them on in their order, so that sums over them have the same last bit everywhere.</summary>
internal static class OrderedReads
{
    /// <summary>The results in the order of the items. No more than so many are under way or wait to be taken.</summary>
    /// <param name="items">What is read.</param>
    /// <param name="atOnce">At least 1.</param>
    /// <param name="read">Reads one; called on a thread of the pool.</param>
    /// <param name="cancellation">Stops.</param>
    public static async IAsyncEnumerable<TResult> InOrderAsync<T, TResult>(
        IEnumerable<T> items, int atOnce, Func<T, CancellationToken, Task<TResult>> read, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Queue<Task<TResult>> ahead = new(atOnce);
        try
        {
            foreach (var item in items)
            {
                if (ahead.Count == atOnce) yield return await ahead.Dequeue().ConfigureAwait(false);
                ahead.Enqueue(Task.Run(() => read(item, stop.Token), cancellation));
            }

            while (ahead.Count > 0) yield return await ahead.Dequeue().ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            foreach (var left in ahead) await ((Task)left).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
