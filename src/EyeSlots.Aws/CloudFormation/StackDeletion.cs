using EyeSlots.Aws.CloudFormation.Model;
using EyeSlots.Aws.Requests;

namespace EyeSlots.Aws.CloudFormation;

/// <summary>Deletes a stack and sees it gone. It outlasts what a call does not: AWS that is not reached, and resources that resist at first.</summary>
internal sealed class StackDeletion(ICloudFormation cloudFormation, TimeProvider time, StackEvents events, string stackId, string? role, StackWatch watch)
{
    private const int Tries = 3;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);
    private readonly AwsAbsence absence = new(watch);

    /// <summary>Ends when the stack is gone.</summary>
    /// <exception cref="StackException">It is not; the message has the resource and the line to type.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        for (var tries = 1; ; tries++)
        {
            var end = time.GetUtcNow() + Limit;
            await PatientlyAsync(end, () => AskAsync(cancellation), cancellation).ConfigureAwait(false);
            if (await IsGoneAsync(end, cancellation).ConfigureAwait(false)) return;
            if (tries == Tries) throw Stuck($"{Tries} times");
        }
    }

    /// <summary>Asks for it. Where the stack's state does not allow it yet, it is asked again once that state has ended.</summary>
    private async Task<bool> AskAsync(CancellationToken cancellation)
    {
        try
        {
            await cloudFormation.DeleteStackAsync(new() { StackName = stackId, RoleARN = role, ClientRequestToken = CloudFormationClient.NewToken() }, cancellation).ConfigureAwait(false);
            return true;
        }
        catch (AwsException refused) when (refused.AwsCode == "ValidationError" && refused.Said.Contains("_IN_PROGRESS", StringComparison.Ordinal))
        {
            return false;
        }
    }

    /// <summary>Whether it is gone; false when it failed.</summary>
    private async Task<bool> IsGoneAsync(DateTimeOffset end, CancellationToken cancellation)
    {
        var gone = false;
        await PatientlyAsync(end, async () =>
        {
            // The pause comes first: right after it was asked again, the status may still be the one of the last time.
            await Task.Delay(StackLife.Pause, time, cancellation).ConfigureAwait(false);
            var stack = await StackLife.FindAsync(cloudFormation, stackId, cancellation).ConfigureAwait(false);
            await ShowAsync(cancellation).ConfigureAwait(false);
            gone = stack is null || stack.StackStatus == "DELETE_COMPLETE";
            return gone || stack!.StackStatus == "DELETE_FAILED";
        }, cancellation).ConfigureAwait(false);
        return gone;
    }

    /// <summary>Does something until it says that it is done, whatever comes between.</summary>
    private async Task PatientlyAsync(DateTimeOffset end, Func<Task<bool>> isDone, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                var done = await isDone().ConfigureAwait(false);
                absence.Ends();
                if (done) return;
            }
            catch (AwsException error) when (error.MayPass && time.GetUtcNow() < end)
            {
                // The stack costs money until it is gone, and nothing else is left to do.
                absence.Begins(error, end - time.GetUtcNow());
            }
            catch (AwsException error)
            {
                throw Stuck("and AWS no longer lets it be seen", error);
            }

            if (time.GetUtcNow() >= end) throw Stuck($"within {Limit.TotalMinutes:0} minutes");
            await Task.Delay(StackLife.Pause, time, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Events are for whoever watches; that they cannot be read keeps nothing from being deleted.</summary>
    private async Task ShowAsync(CancellationToken cancellation)
    {
        try
        {
            await events.ReadAsync(cancellation).ConfigureAwait(false);
        }
        catch (AwsException)
        {
            // Told by what comes next, if it matters.
        }
    }

    private StackException Stuck(string how, AwsException? inner = null)
    {
        var resource = events.LastUndeleted is { } left ? $" {left.LogicalResourceId} ({left.ResourceType}) resists: {left.ResourceStatusReason}" : "";
        var why = inner is null ? "" : $" {inner.Message}";
        return new(
            ErrorCodes.ClusterStuck, $"Stack {StackId.NameOf(stackId)} was not deleted ({how}).{resource}{why} Type: {StackId.LineThatForces(stackId)}", stackId, events.LastUndeleted, inner);
    }
}
