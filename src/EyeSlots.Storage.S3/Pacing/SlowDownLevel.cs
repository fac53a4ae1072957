namespace EyeSlots.Storage.S3.Pacing;

/// <summary>What came of the reads that began under one limit.</summary>
/// <param name="Limit">The limit, or 0 where it does not matter.</param>
/// <param name="Since">From when on it was in force.</param>
/// <param name="Answers">Answers to its reads.</param>
/// <param name="Refusals">How many of them were the wish for fewer.</param>
internal readonly record struct SlowDownLevel(int Limit, TimeSpan Since, int Answers, int Refusals)
{
    /// <summary>No limit: no read began under it.</summary>
    public static readonly SlowDownLevel None = new(0, TimeSpan.MaxValue, 0, 0);

    /// <summary>The share of reads that came through; all, while nothing is known.</summary>
    public double Kept => Answers == 0 ? 1 : 1 - ((double)Refusals / Answers);

    /// <summary>A limit that is in force from now on.</summary>
    public static SlowDownLevel From(TimeSpan now) => new(0, now, 0, 0);

    /// <summary>With further answers.</summary>
    public SlowDownLevel With(int answers, int refusals) => this with { Answers = Answers + answers, Refusals = Refusals + refusals };
}
