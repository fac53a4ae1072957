namespace EyeSlots.Storage.S3.Pacing;

/// <summary>What the share of refusals says.</summary>
internal enum SlowDownVerdict
{
    /// <summary>Nothing new.</summary>
    None,

    /// <summary>Half as many reads should be tried now.</summary>
    Try,

    /// <summary>Half as many helped: the server has a capacity, which was exceeded.</summary>
    Helped,

    /// <summary>Half as many were refused as often: fewer reads only make the run slower.</summary>
    InVain,
}

/// <summary>
/// Tells a server that is asked too much from one that refuses some reads whatever is asked, because of others or of itself. Half as many
/// reads are tried: the share of refusals falls for the first and stays for the second.
/// </summary>
internal sealed class SlowDownShare
{
    /// <summary>Fewer refusals than this are an ordinary day.</summary>
    private const double Ordinary = 0.01;

    /// <summary>Up to here a share that lasts is got used to without a trial.</summary>
    private const double Bearable = 0.03;

    /// <summary>A server that refuses more than this is asked for less, whatever the cause.</summary>
    private const double Most = 0.8;
    private const int Sample = 128, Many = 16;
    private TimeSpan since;
    private int answers, refusals, needed;
    private double tolerated = Ordinary, bearable = Bearable;

    /// <summary>Whether half as many reads are tried.</summary>
    public bool IsTrying { get; private set; }

    /// <summary>The share before the trial.</summary>
    public double Before { get; private set; }

    /// <summary>The share in the last sample or trial.</summary>
    public double Last { get; private set; }

    /// <summary>Whether the answers of the sample under way are refused more often than is tolerated.</summary>
    public bool IsAbove => refusals > Tolerable(answers);

    /// <summary>Whether no answer of the sample under way was refused.</summary>
    public bool IsNone => refusals == 0;

    /// <summary>Counts an answer.</summary>
    /// <param name="refused">Whether it is the wish for fewer.</param>
    /// <param name="began">When its read began; during a trial only those that began in it count.</param>
    /// <param name="now">The time.</param>
    /// <param name="limit">Reads that may be in flight. Refusals come faster than contents, so answers of several round trips are needed.</param>
    public SlowDownVerdict Count(bool refused, TimeSpan began, TimeSpan now, int limit)
    {
        if (IsTrying && began < since) return SlowDownVerdict.None;
        answers++;
        if (refused) refusals++;
        var isEnough = IsTrying ? answers >= Math.Max(needed, 3 * limit) : answers >= Sample || (refusals >= Many && answers >= 2 * limit);
        if (!isEnough) return SlowDownVerdict.None;
        Last = (double)refusals / answers;
        var verdict = IsTrying ? Judge() : Compare();
        (answers, refusals, since) = (0, 0, now);
        return verdict;
    }

    /// <summary>Begins anew, without a trial: the limit was changed for another reason.</summary>
    public void Forget(TimeSpan now) => (IsTrying, answers, refusals, since) = (false, 0, 0, now);

    private SlowDownVerdict Compare()
    {
        if (!IsAbove)
        {
            tolerated = Math.Clamp(tolerated + (0.02 * (Last - tolerated)), Ordinary, bearable);
            return SlowDownVerdict.None;
        }

        // Some three refusals, if the share stays.
        needed = (int)Math.Clamp(3 / Last, Sample / 2, 2 * Sample);
        (IsTrying, Before) = (true, Last);
        return SlowDownVerdict.Try;
    }

    // A server with a capacity refuses all above it: with half as many reads a share of 1 - c becomes 1 - 2c. The line is drawn in the middle
    // between that and the share as it was.
    private SlowDownVerdict Judge()
    {
        IsTrying = false;
        var helped = Last > Most || Last <= (Before + Math.Max(0, (2 * Before) - 1)) / 2;
        (tolerated, bearable) = helped ? (Ordinary, Bearable) : (Math.Max(Last, Before), Math.Max(Last, Before));
        return helped ? SlowDownVerdict.Helped : SlowDownVerdict.InVain;
    }

    // Four standard deviations above the share that is tolerated, so that chance alone starts no trial.
    private double Tolerable(int of) => (tolerated * of) + (4 * Math.Sqrt(tolerated * (1 - tolerated) * of));
}
