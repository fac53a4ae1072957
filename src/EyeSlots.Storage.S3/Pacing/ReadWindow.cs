namespace EyeSlots.Storage.S3.Pacing;

/// <summary>
/// Lets as many reads of a process begin as <see cref="ReadLimit"/> says, and no more bytes than a bound, first come first served; those that
/// the server sent away go before those that have not asked yet. Safe to call from several threads.
/// </summary>
/// <param name="most">Most reads in flight, each of which has a connection.</param>
/// <param name="mostBytes">Most bytes in flight; one read of more goes alone.</param>
/// <param name="time">Measures.</param>
internal sealed class ReadWindow(int most, long mostBytes, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly long start = time.GetTimestamp();
    private readonly ReadLimit limit = new(most);
    private readonly Queue<Waiter> again = new(), first = new();
    private TimeSpan? progress;
    private long bytesInFlight;
    private int waiting;

    /// <summary>Reads that have a place.</summary>
    public int InFlight { get; private set; }

    /// <summary>Reads that may have one now.</summary>
    public int Limit
    {
        get
        {
            lock (gate) return limit.Current;
        }
    }

    /// <summary>Whether the server was found to wish for fewer reads or connections, whether or not fewer would help.</summary>
    public bool WasRefused
    {
        get
        {
            lock (gate) return limit.WasRefused;
        }
    }

    /// <summary>Time since a read succeeded, or null while none has.</summary>
    public TimeSpan? SinceProgress
    {
        get
        {
            lock (gate) return Now - progress;
        }
    }

    private TimeSpan Now => time.GetElapsedTime(start);

    /// <summary>Waits for a place.</summary>
    /// <param name="bytes">Bytes that the read is expected to bring.</param>
    /// <param name="wasRefused">Whether the server sent this read away before.</param>
    /// <param name="cancellation">Gives the wait up.</param>
    /// <returns>The place. Whoever has it gives it back once, and says how the read ended.</returns>
    public ValueTask<Permit> EnterAsync(long bytes, bool wasRefused, CancellationToken cancellation)
    {
        lock (gate)
        {
            if (waiting == 0 && HasRoom(bytes)) return new(Take(bytes));
            waiting++;
            var waiter = new Waiter(bytes);
            (wasRefused ? again : first).Enqueue(waiter);
            return WaitAsync(waiter, cancellation);
        }
    }

    /// <summary>Gives a place back.</summary>
    internal void Leave(in Permit permit, ReadEnd end)
    {
        lock (gate)
        {
            InFlight--;
            bytesInFlight -= permit.Bytes;
            Tell(permit.Began, Now, end);
            Admit();
        }
    }

    private async ValueTask<Permit> WaitAsync(Waiter waiter, CancellationToken cancellation)
    {
        await using var registration = cancellation.UnsafeRegister(GiveUp, waiter).ConfigureAwait(false);
        return await waiter.Task.ConfigureAwait(false);
    }

    // It stays in its queue, and is passed over when its turn comes.
    private void GiveUp(object? waiter, CancellationToken cancellation)
    {
        lock (gate)
        {
            if (!((Waiter)waiter!).TrySetCanceled(cancellation)) return;
            waiting--;
            Admit();
        }
    }

    private void Tell(TimeSpan began, TimeSpan now, ReadEnd end)
    {
        switch (end)
        {
            case ReadEnd.Answered:
                progress = now;
                limit.Succeeded(began, now, waiting > 0);
                break;
            case ReadEnd.SlowDown:
                limit.SlowedDown(began, now);
                break;
            case ReadEnd.Refused:
                limit.Refused(InFlight, now);
                break;
        }
    }

    private void Admit()
    {
        for (var queue = Next(); queue is not null && HasRoom(queue.Peek().Bytes); queue = Next())
        {
            var waiter = queue.Dequeue();
            waiting--;
            waiter.SetResult(Take(waiter.Bytes));
        }
    }

    private Queue<Waiter>? Next()
    {
        foreach (var queue in (ReadOnlySpan<Queue<Waiter>>)[again, first])
        {
            while (queue.TryPeek(out var waiter))
            {
                if (!waiter.Task.IsCanceled) return queue;
                queue.Dequeue();
            }
        }

        return null;
    }

    private bool HasRoom(long bytes) => InFlight < limit.Current && (InFlight == 0 || bytesInFlight + bytes <= mostBytes);

    private Permit Take(long bytes)
    {
        InFlight++;
        bytesInFlight += bytes;
        return new(this, bytes, Now);
    }

    // Whoever waits goes on in a thread of its own, not in that of the read whose place it gets.
    private sealed class Waiter(long bytes) : TaskCompletionSource<Permit>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public long Bytes => bytes;
    }
}

/// <summary>A place of a <see cref="ReadWindow"/>, to be given back once.</summary>
/// <param name="Window">Whose place it is.</param>
/// <param name="Bytes">Bytes that the read is expected to bring.</param>
/// <param name="Began">When it was given, on the window's clock.</param>
internal readonly record struct Permit(ReadWindow Window, long Bytes, TimeSpan Began)
{
    /// <summary>Gives it back.</summary>
    /// <param name="end">How the read ended.</param>
    public void Leave(ReadEnd end) => Window.Leave(this, end);
}
