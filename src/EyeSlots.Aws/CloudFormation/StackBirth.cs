using EyeSlots.Aws.CloudFormation.Model;
using EyeSlots.Aws.Requests;

namespace EyeSlots.Aws.CloudFormation;

/// <summary>The making of one stack, and what takes it back.</summary>
internal sealed class StackBirth(ICloudFormation cloudFormation, TimeProvider time, CreateStackRequest request, StackWatch watch)
{
    /// <summary>How often a stack is looked for whose call was not answered: AWS may carry it out a little later.</summary>
    private const int Looks = 3;

    private StackEvents? events;
    private string? stackId;
    private bool sent;

    /// <summary>Makes it and follows it until it is there.</summary>
    public async Task<Stack> RunAsync(CancellationToken cancellation)
    {
        sent = true;
        Follow((await cloudFormation.CreateStackAsync(request, cancellation).ConfigureAwait(false)).StackId);
        watch.Started?.Invoke(stackId!);
        var limit = time.GetUtcNow() + TimeSpan.FromMinutes(request.TimeoutInMinutes!.Value) + StackLife.Grace;
        var stack = await StackLife.SettleAsync(cloudFormation, time, events!, stackId!, limit, watch, cancellation).ConfigureAwait(false);
        return stack.StackStatus == "CREATE_COMPLETE"
            ? stack
            : throw StackReasons.Explain($"Stack {stack.StackName} was not made", stack, events!.FirstFailure);
    }

    /// <summary>Deletes what there is of it and sees it gone. Nothing stops it: what remained would cost money.</summary>
    /// <param name="cause">Why it is taken back; its words come first in what this throws.</param>
    /// <exception cref="StackException">It is not gone.</exception>
    public async Task UndoAsync(Exception cause)
    {
        if (!sent || await IsLeftAsync(cause).ConfigureAwait(false)) return;
        try
        {
            if (stackId is null) await LookAsync(cause).ConfigureAwait(false);
            if (stackId is not null) await new StackDeletion(cloudFormation, time, events!, stackId, request.RoleARN, watch).RunAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (EyeSlotsException error)
        {
            var (code, first) = cause is EyeSlotsException known ? (known.Code, known.Message) : (ErrorCodes.ClusterStuck, $"Stack {request.StackName} was not made.");
            var rest = stackId is null ? $"Whether there is a stack {request.StackName} could not be seen; type: eyeslots cluster status" : error.Message;
            throw new StackException(code, $"{first} {rest}", stackId ?? request.StackName, (cause as StackException)?.FirstFailure, error);
        }
    }

    private async Task<bool> IsLeftAsync(Exception cause) =>
        cause is OperationCanceledException && stackId is not null && watch.LeaveWhenCancelled is { } ask && await ask().ConfigureAwait(false);

    /// <summary>Looks for the stack that an unanswered call may have made. One of the same name that another call made is none of ours.</summary>
    private async Task LookAsync(Exception cause)
    {
        var wasRefused = cause is AwsException { Status: >= 400 and < 500 };
        for (var look = 1; ; look++)
        {
            var found = await StackLife.FindAsync(cloudFormation, request.StackName, CancellationToken.None).ConfigureAwait(false);
            if (found is not null && found.Tags.Contains(new(StackLife.RequestTag, request.ClientRequestToken!))) Follow(found.StackId);
            if (stackId is not null || wasRefused || look == Looks) return;
            await Task.Delay(StackLife.Pause, time, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private void Follow(string id)
    {
        stackId = id;
        events = new(cloudFormation, id, watch.Show);
    }
}
