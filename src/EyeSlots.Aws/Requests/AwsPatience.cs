namespace EyeSlots.Aws.Requests;

/// <summary>How long faults that may pass are waited out.</summary>
/// <param name="Attempts">Tries of a call in all.</param>
/// <param name="FirstDelay">The pause before the second try; doubled for each further one, with jitter.</param>
/// <param name="LongestDelay">No pause is longer.</param>
/// <param name="AttemptLimit">A try without an answer for this long is given up.</param>
internal sealed record AwsPatience(int Attempts, TimeSpan FirstDelay, TimeSpan LongestDelay, TimeSpan AttemptLimit)
{
    /// <summary>About two minutes of pauses: CloudFormation counts calls by the account, and other tools share its share.</summary>
    public static AwsPatience Usual { get; } = new(12, TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(30));
}
