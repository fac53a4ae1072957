namespace EyeSlots.Storage.S3.Pacing;

/// <summary>
/// Tells a server that is asked too much from one that refuses some reads whatever is asked, because of others or of itself. Of the first the
/// more reads are refused the more are in flight; the second's share stays. While the limit grows its growth tells; afterwards half as many reads
/// are tried.
/// </summary>
internal sealed class SlowDownShare
{
    /// <summary>Fewer refusals than this are an ordinary day.</summary>
    private const double Ordinary = 0.01;

    /// <summary>Up to here a share that lasts is got used to without a trial.</summary>
    private const double Bearable = 0.03;

    /// <summary>A server that refuses more than this is asked for less, whatever the cause.</summary>
    private const double Most = 0.8;

    /// <summary>Refusals that a trial should see if nothing has changed: so many that chance alone does not make them few.</summary>
    private const int Expected = 8;

    /// <summary>A server was below its capacity before the limit grew, if so many times as many reads came through afterwards.</summary>
    private const double Gain = 1.25;
    private const int Sample = 128, FirstSample = 32, Many = 16;
    private int answers, refusals, needed;
    private double tolerated = Ordinary, bearable = Bearable, untried, last;
    private SlowDownLevel level = SlowDownLevel.From(TimeSpan.Zero), lower = SlowDownLevel.None;
    private bool hasGrown = true;

    /// <summary>Whether half as many reads are tried.</summary>
    public bool IsTrying { get; private set; }

    /// <summary>Reads in flight that a server can take that was asked for too many.</summary>
    public double Capacity { get; private set; }

    /// <summary>Whether the answers of the sample under way are refused more often than is tolerated.</summary>
    public bool IsAbove => refusals > Tolerable(answers);

    /// <summary>Whether reads were refused more often than on an ordinary day.</summary>
    public bool WasAbove { get; private set; }

    /// <summary>Counts an answer.</summary>
    /// <param name="refused">Whether it is the wish for fewer.</param>
    /// <param name="began">When its read began; those that began under another limit do not count.</param>
    /// <param name="now">The time.</param>
    /// <param name="limit">Reads that may be in flight. Refusals come faster than contents, so answers of whole round trips are needed.</param>
    public SlowDownVerdict Count(bool refused, TimeSpan began, TimeSpan now, int limit)
    {
        if (began < level.Since)
        {
            // It began under the limit before, of which more is known then.
            if (began >= lower.Since) lower = lower.With(1, refused ? 1 : 0);
            return SlowDownVerdict.None;
        }

        answers++;
        if (refused) refusals++;
        if (!IsEnough(limit)) return SlowDownVerdict.None;
        last = (double)refusals / answers;
        WasAbove |= IsAbove;
        var verdict = IsTrying ? JudgeTrial(limit) : !IsAbove ? GetUsed() : hasGrown ? JudgeGrowth(limit) : Try();
        level = level.With(answers, refusals);
        (answers, refusals, hasGrown) = (0, 0, false);
        if (verdict != SlowDownVerdict.None) (level, lower) = (SlowDownLevel.From(now), SlowDownLevel.None);
        return verdict;
    }

    /// <summary>The limit is multiplied: what was seen under the one before is what it will be held against.</summary>
    /// <param name="limit">That before.</param>
    /// <param name="now">The time.</param>
    public void Grow(int limit, TimeSpan now)
    {
        var before = level.With(answers, refusals) with { Limit = limit };
        Forget(now);
        (lower, hasGrown) = (before, true);
    }

    /// <summary>Begins anew, without a trial: the limit was changed.</summary>
    public void Forget(TimeSpan now) => (IsTrying, hasGrown, answers, refusals, level, lower) = (false, false, 0, 0, SlowDownLevel.From(now), SlowDownLevel.None);

    private bool IsEnough(int limit) =>
        IsTrying ? answers >= Math.Max(needed, 2 * limit)
        : hasGrown ? answers >= Math.Max(FirstSample, limit > 3 * lower.Limit ? limit : 2 * limit)
        : answers >= 2 * limit && (answers >= Sample || refusals >= Many);

    private SlowDownVerdict GetUsed()
    {
        tolerated = Math.Clamp(tolerated + (0.02 * (last - tolerated)), Ordinary, bearable);
        return SlowDownVerdict.None;
    }

    private SlowDownVerdict Try()
    {
        needed = (int)Math.Max(Sample / 2, Expected / last);
        (IsTrying, untried) = (true, last);
        return SlowDownVerdict.Try;
    }

    // Of a server with a capacity as many reads come through as before, a smaller share of them; of the other kind the same share. The line is
    // drawn in the middle.
    private SlowDownVerdict JudgeGrowth(int limit)
    {
        var kept = 1 - last;
        var isTooMany = last > Most || kept < lower.Kept * Math.Sqrt((double)lower.Limit / limit);
        if (!isTooMany)
        {
            Tolerate(Math.Max(last, tolerated));
            return SlowDownVerdict.None;
        }

        var wasBelow = lower.Limit > 0 && kept * limit > Gain * lower.Kept * lower.Limit;
        Capacity = kept * limit / (wasBelow ? lower.Kept : 1);
        if (!wasBelow) Tolerate(Ordinary);
        return SlowDownVerdict.TooMany;
    }

    // A server with a capacity refuses all above it: with half as many reads a share of 1 - c becomes 1 - 2c, or none. The line is drawn in the
    // middle between that and the share as it was, and so far from the latter that chance seldom crosses it.
    private SlowDownVerdict JudgeTrial(int limit)
    {
        IsTrying = false;
        var line = Math.Min((untried + Math.Max(0, (2 * untried) - 1)) / 2, untried - (2 * Math.Sqrt(untried * (1 - untried) / answers)));
        if (last > line && last <= Most)
        {
            Tolerate((last + untried) / 2);
            return SlowDownVerdict.InVain;
        }

        // What half as many are still refused is not for the capacity's sake, unless half is too many as well.
        var isBelow = untried < 0.5;
        Capacity = isBelow ? 2 * limit * (1 - untried) / (1 - last) : limit * (1 - last);
        Tolerate(isBelow ? last : Ordinary);
        return SlowDownVerdict.TooMany;
    }

    private void Tolerate(double share) => (tolerated, bearable) = (Math.Max(share, Ordinary), Math.Max(share, Bearable));

    // Four standard deviations above the share that is tolerated, so that chance alone starts no trial.
    private double Tolerable(int of) => (tolerated * of) + (4 * Math.Sqrt(tolerated * (1 - tolerated) * of));
}
