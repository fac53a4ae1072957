namespace EyeSlots.Storage.S3.Pacing;

/// <summary>How a read ended, as far as it tells how many may be in flight.</summary>
internal enum ReadEnd
{
    /// <summary>The server answered.</summary>
    Answered,

    /// <summary>The server wished for fewer reads.</summary>
    SlowDown,

    /// <summary>The connection was refused, or ended before an answer.</summary>
    Refused,

    /// <summary>It failed for a reason that says nothing about others.</summary>
    Failed,
}
