namespace EyeSlots.Storage.S3.Pacing;

/// <summary>
/// How many reads may be in flight: so many that more would only wait in queues. It is multiplied with each round trip while reads wait
/// for a place and take no longer than before; it is held where they take half as long again, which is the product of the server's rate and its
/// distance and half of that in queues; it falls where the server asks for fewer and fewer help, or refuses connections, and grows slowly again. It is
/// told of what happens and knows no clock of its own.
/// </summary>
internal sealed class ReadLimit
{
    private const int First = 32, Least = 16;

    /// <summary>What the limit is multiplied with at the start, and from several reads on: those that were too many cost a connection each.</summary>
    private const int FirstGrowth = 4, NextGrowth = 2, Several = 128;

    /// <summary>So much longer than without a queue may a read take.</summary>
    private const double Tolerance = 1.5;
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(10), Pause = TimeSpan.FromSeconds(0.5);
    private readonly int most;
    private readonly ReadRound round = new();
    private readonly SlowDownShare share = new();
    private double limit, ceiling, step = 1, before, usual;
    private bool isStarting = true, isMeasuring, isCut;
    private TimeSpan raised, measured;

    /// <param name="most">It never exceeds this.</param>
    public ReadLimit(int most)
    {
        this.most = most;
        (limit, ceiling) = (Math.Min(First, most), most);
        round.Begin(TimeSpan.Zero, NeededFor(limit));
    }

    /// <summary>Reads that may be in flight, at least 1.</summary>
    public int Current => Math.Max(1, (int)limit);

    /// <summary>Whether the server was found to wish for fewer reads or connections, whether or not fewer would help.</summary>
    public bool WasRefused => isCut || share.WasAbove;

    private double Growth => Math.Sqrt(limit);

    /// <summary>A read succeeded.</summary>
    /// <param name="began">When it got its place.</param>
    /// <param name="now">When it ended.</param>
    /// <param name="waiting">Whether others wait for a place.</param>
    public void Succeeded(TimeSpan began, TimeSpan now, bool waiting)
    {
        Count(false, began, now);
        if (began < round.Began || share.IsTrying) return;
        round.Add((now - began).TotalSeconds, usual, waiting);
        if (!round.IsOver) return;
        if (isMeasuring) EndMeasuring(now);
        else Adapt(now);
        round.Begin(now, NeededFor(limit));
    }

    /// <summary>The server answered a read with the wish for fewer.</summary>
    public void SlowedDown(TimeSpan began, TimeSpan now) => Count(true, began, now);

    /// <summary>A connection was refused or reset before it gave an answer: as many as the others are work.</summary>
    /// <param name="others">Other reads in flight.</param>
    /// <param name="now">When it was.</param>
    public void Refused(int others, TimeSpan now)
    {
        if (others >= limit) return;
        share.Forget(now);
        (isStarting, isMeasuring) = (false, false);
        Lower(Math.Max(1, others), now);
        round.Begin(now, NeededFor(limit));
    }

    // At the start the connections that were open before tell: the others say how long it takes to open one.
    private int NeededFor(double limit) => (int)Math.Max(Math.Min(limit, 8), limit / (isStarting && limit <= Several ? FirstGrowth : 2));

    private void Count(bool refused, TimeSpan began, TimeSpan now)
    {
        switch (share.Count(refused, began, now, Current))
        {
            case SlowDownVerdict.Try:
                Halve();
                isMeasuring = false;
                break;
            case SlowDownVerdict.InVain:
                limit = before;
                isStarting = ceiling >= most;
                break;
            case SlowDownVerdict.TooMany:
                isStarting = false;
                Lower(0.95 * share.Capacity, now);
                break;
            default:
                return;
        }

        round.Begin(now, NeededFor(limit));
    }

    private void Adapt(TimeSpan now)
    {
        if (usual == 0 || round.Latency <= usual) (usual, measured) = (round.Latency, now);
        var gradient = Math.Clamp(Tolerance * usual / round.Latency, 0.5, 1);
        if (gradient < 1 && now - measured > Refresh && limit > Least)
        {
            // Reads that take longer for good look like a queue; a round with half as many tells.
            Halve();
            isMeasuring = true;
        }
        else if (gradient < 1)
        {
            // While a queue builds up or ends, refusals come long before contents, and would look like a larger share.
            if (!share.IsTrying) share.Forget(now);
            isStarting = false;
            limit = Math.Max(Math.Min(Least, limit), Math.Min(ceiling, (limit * gradient) + (round.IsBound ? Growth : 0)));
        }
        else if (round.IsBound && !share.IsAbove)
        {
            Raise(now);
            if (isStarting) Multiply(now);
            else limit = Math.Min(ceiling, limit + Growth);
        }
    }

    private void Multiply(TimeSpan now)
    {
        share.Grow(Current, now);
        limit = Math.Min(ceiling, limit * (limit < Several ? FirstGrowth : NextGrowth));
        isStarting = limit < ceiling;
    }

    private void Halve() => (before, limit) = (limit, Math.Max(1, limit / 2));

    private void EndMeasuring(TimeSpan now)
    {
        isMeasuring = false;
        (limit, usual, measured) = (before, round.Latency, now);
    }

    private void Lower(double to, TimeSpan now)
    {
        limit = ceiling = Math.Max(1, to);
        isCut = true;
        (step, raised) = (1, now);
    }

    /// <summary>Above what a server has refused the limit feels its way: one more after half a second, then two, then four.</summary>
    private void Raise(TimeSpan now)
    {
        if (ceiling >= most || limit < ceiling || now - raised < Pause) return;
        ceiling = Math.Min(most, ceiling + step);
        (step, raised) = (2 * step, now);
    }
}
