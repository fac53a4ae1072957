namespace EyeSlots.Storage.S3;

/// <summary>
/// Gives up tries that say nothing for too long. One timer looks at all of them now and then: a timer for each, set anew at each arrival of bytes,
/// costs as much as signing. So a try may last an eighth longer than its limit.
/// </summary>
/// <param name="time">Measures.</param>
/// <param name="shortest">The shortest limit that tries have.</param>
internal sealed class AttemptWatch(TimeProvider time, TimeSpan shortest) : IDisposable
{
    private const int LooksInALimit = 8;
    private readonly Lock gate = new();
    private readonly LinkedList<S3Attempt> running = new();
    private ITimer? timer;
    private bool ended;

    internal long Now => time.GetTimestamp();

    /// <summary>Begins a try.</summary>
    /// <param name="number">1 for the first.</param>
    /// <param name="limit">How long it may be silent.</param>
    /// <param name="cancellation">The caller's.</param>
    public S3Attempt Begin(int number, TimeSpan limit, CancellationToken cancellation) => new(this, number, limit, cancellation);

    /// <summary>Stops to look; tries that still run end by themselves or by their callers.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            ended = true;
            timer?.Dispose();
        }
    }

    internal TimeSpan Since(long then) => time.GetElapsedTime(then);

    internal void Add(LinkedListNode<S3Attempt> attempt)
    {
        lock (gate)
        {
            running.AddLast(attempt);
            if (timer is null && !ended) timer = time.CreateTimer(_ => Look(), null, shortest / LooksInALimit, shortest / LooksInALimit);
        }
    }

    internal void Remove(LinkedListNode<S3Attempt> attempt)
    {
        lock (gate) running.Remove(attempt);
    }

    private void Look()
    {
        List<S3Attempt> overdue = [];
        lock (gate)
        {
            foreach (var attempt in running)
            {
                if (attempt.IsOverdue) overdue.Add(attempt);
            }
        }

        foreach (var attempt in overdue) attempt.Cancel();
    }
}
