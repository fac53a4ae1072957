namespace EyeSlots.Storage.S3;

/// <summary>How long faults that may pass are waited out; one place, so that tests can be quick.</summary>
/// <param name="Attempts">Tries of a call in all.</param>
/// <param name="FirstDelay">The pause before the second try; doubled for each further one, with jitter.</param>
/// <param name="LongestDelay">No pause is longer.</param>
/// <param name="AttemptLimit">A try without an answer, or without a further byte, for this long is given up.</param>
internal sealed record S3Patience(int Attempts, TimeSpan FirstDelay, TimeSpan LongestDelay, TimeSpan AttemptLimit)
{
    /// <summary>The slowest upload that is still waited for, in bytes a second.</summary>
    private const double SlowestUpload = 128 << 10;

    /// <summary>About half a minute of pauses: long enough for a SlowDown to pass, short enough to fail a slice and go on.</summary>
    public static S3Patience Usual { get; } = new(8, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30));

    /// <summary>The pause of a read that the server sent away to ask for fewer; doubled each time, with jitter. Short: the fewer reads are what helps.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>No such pause is longer.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>A read that is asked to wait is tried on until no read of the process has succeeded for so long, and then as often as after other faults.</summary>
    public TimeSpan Standstill { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The same where connections are refused: a server that takes none at all is not busy but gone.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whatever others do, no read is sent away for longer.</summary>
    public TimeSpan LongestRefusal { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The limit of a try that sends a body.</summary>
    public TimeSpan LimitFor(int bytes) => AttemptLimit + TimeSpan.FromSeconds(bytes / SlowestUpload);
}
