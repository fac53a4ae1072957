namespace EyeSlots.Storage.S3.Pacing;

/// <summary>
/// What came of reads that began after a moment: so all of it was seen under one limit. Reads that began before are not counted, and one
/// that does not end holds nothing up.
/// </summary>
internal sealed class ReadRound
{
    /// <summary>A read that stands still says nothing about the others: it counts for so many times the usual, at most.</summary>
    private const double LongestCounted = 4;
    private double seconds;
    private int waited;

    /// <summary>When it began, on the clock of its reads.</summary>
    public TimeSpan Began { get; private set; }

    /// <summary>Successes after which it is over.</summary>
    public int Needed { get; private set; }

    /// <summary>Reads that succeeded.</summary>
    public int Successes { get; private set; }

    /// <summary>Whether as many have come as are needed.</summary>
    public bool IsOver => Successes >= Needed;

    /// <summary>Seconds of a read that succeeded, on average; there must be one.</summary>
    public double Latency => seconds / Successes;

    /// <summary>Whether others waited for a place when most of them ended: only then does the limit decide the rate.</summary>
    public bool IsBound => 2 * waited >= Successes;

    /// <summary>Begins anew.</summary>
    public void Begin(TimeSpan now, int needed)
    {
        (Began, Needed) = (now, needed);
        (Successes, waited, seconds) = (0, 0, 0);
    }

    /// <summary>Adds a read that succeeded.</summary>
    /// <param name="latency">How long it took, in seconds.</param>
    /// <param name="usual">How long reads take without a queue, or 0 where that is not known.</param>
    /// <param name="waiting">Whether others wait.</param>
    public void Add(double latency, double usual, bool waiting)
    {
        Successes++;
        seconds += usual > 0 ? Math.Min(latency, LongestCounted * usual) : latency;
        if (waiting) waited++;
    }
}
