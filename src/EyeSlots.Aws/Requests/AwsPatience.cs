namespace EyeSlots.Aws.Requests;

/// <summary>How long faults that may pass are waited out.</summary>
/// <param name="Attempts">Tries of a call in all, where AWS answers.</param>
/// <param name="Connections">Tries of a call in all, where nobody answers: a wrong address shall not take minutes to be told.</param>
/// <param name="FirstDelay">The pause before the second try; doubled for each further one, with jitter.</param>
/// <param name="LongestDelay">No pause is longer.</param>
/// <param name="AttemptLimit">A try without an answer for this long is given up.</param>
internal sealed record AwsPatience(int Attempts, int Connections, TimeSpan FirstDelay, TimeSpan LongestDelay, TimeSpan AttemptLimit)
{
    /// <summary>About two minutes of pauses: CloudFormation counts calls by the account, and other tools share its share. A quarter of a minute for connections.</summary>
    public static AwsPatience Usual { get; } = new(12, 6, TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(30));
}
