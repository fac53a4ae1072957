using EyeSlots.Aws.Requests;

namespace EyeSlots.Aws.CloudFormation;

/// <summary>Tells whoever waits that AWS is away and that the waiting goes on: once until it is there again, since a laptop may sleep for long.</summary>
/// <param name="watch">Who is told.</param>
internal sealed class AwsAbsence(StackWatch watch)
{
    private bool isTold;

    /// <summary>A call was not answered, and is made again until a limit.</summary>
    public void Begins(AwsException why, TimeSpan rest)
    {
        if (isTold) return;
        isTold = true;
        watch.Note?.Invoke(FormattableString.Invariant($"{why.Message} Waiting for it, up to {Math.Max(1, rest.TotalMinutes):F0} minutes."));
    }

    /// <summary>A call was answered.</summary>
    public void Ends() => isTold = false;
}
