using EyeSlots.Aws.CloudFormation.Model;
using EyeSlots.Aws.Requests;

namespace EyeSlots.Aws.CloudFormation;

/// <summary>
/// The life of a stack: made, changed, deleted, and followed to the end of each. Once a call that makes one was sent, it is there when the
/// method returns, or it was deleted and seen gone.
/// </summary>
/// <param name="cloudFormation">The service.</param>
/// <param name="time">The clock of pauses and limits.</param>
public sealed class StackLife(ICloudFormation cloudFormation, TimeProvider time)
{
    /// <summary>The tag by which a stack is known as the one that a call made whose answer was lost.</summary>
    public const string RequestTag = "eyeslots:request";

    internal static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>Minutes for what has no limit of its own in the request.</summary>
    private const int UsualMinutes = 20;

    /// <summary>How long after its own limit a stack is still waited for: CloudFormation looks at its clock now and then.</summary>
    internal static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    /// <summary>Makes a stack.</summary>
    /// <param name="request">What to make. Unless it says otherwise, what fails is deleted, and 20 minutes are the limit.</param>
    /// <param name="watch">Who is told.</param>
    /// <param name="cancellation">Ends it; then the stack is deleted and seen gone, unless <paramref name="watch"/> leaves it.</param>
    /// <exception cref="StackException">It was not made; whatever there was of it is gone, or the message says what to type.</exception>
    /// <exception cref="AwsException">AWS refused the call or was not reached; nothing of it is left.</exception>
    public async Task<Stack> CreateAsync(CreateStackRequest request, StackWatch watch, CancellationToken cancellation = default)
    {
        var token = request.ClientRequestToken ?? CloudFormationClient.NewToken();
        var whole = request with
        {
            ClientRequestToken = token, Tags = [.. request.Tags, new(RequestTag, token)],
            OnFailure = request.OnFailure ?? "DELETE", TimeoutInMinutes = request.TimeoutInMinutes ?? UsualMinutes,
        };
        var birth = new StackBirth(cloudFormation, time, whole, watch);
        try
        {
            cancellation.ThrowIfCancellationRequested();
            return await birth.RunAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            await birth.UndoAsync(error).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Changes a stack; one that needs no change stays as it is.</summary>
    /// <exception cref="StackException">It was not changed, and is as before.</exception>
    /// <exception cref="AwsException">AWS refused the call or was not reached.</exception>
    public async Task<Stack> UpdateAsync(UpdateStackRequest request, StackWatch watch, CancellationToken cancellation = default)
    {
        var before = await FindAsync(request.StackName, cancellation).ConfigureAwait(false)
            ?? throw new EyeSlotsException(ErrorCodes.BaseMissing, $"There is no stack {request.StackName} to update; make it first.");
        var events = new StackEvents(cloudFormation, before.StackId, watch.Show);
        await events.SkipAsync(cancellation).ConfigureAwait(false);
        try
        {
            await cloudFormation.UpdateStackAsync(request, cancellation).ConfigureAwait(false);
        }
        catch (AwsException refused) when (refused.AwsCode == "ValidationError" && refused.Said.Contains("No updates are to be performed", StringComparison.Ordinal))
        {
            return before;
        }

        watch.Started?.Invoke(before.StackId);
        var limit = time.GetUtcNow() + TimeSpan.FromMinutes(UsualMinutes) + Grace;
        var stack = await SettleAsync(cloudFormation, time, events, before.StackId, limit, watch, cancellation).ConfigureAwait(false);
        return stack.StackStatus == "UPDATE_COMPLETE"
            ? stack
            : throw StackReasons.Explain($"Stack {stack.StackName} was not changed and is as before", stack, events.FirstFailure);
    }

    /// <summary>Deletes a stack, and ends when it is gone; what could not be deleted is tried again.</summary>
    /// <param name="stackId">Its id: a deleted stack has no name.</param>
    /// <param name="role">The role that deletes, or null: the one that made it.</param>
    /// <param name="watch">Who is told.</param>
    /// <param name="cancellation">Ends the waiting; the deletion goes on.</param>
    /// <exception cref="StackException">It is not gone; the message names the resource and the line to type.</exception>
    public async Task DeleteAsync(string stackId, string? role, StackWatch watch, CancellationToken cancellation = default)
    {
        var events = new StackEvents(cloudFormation, stackId, watch.Show);
        try
        {
            await events.SkipAsync(cancellation).ConfigureAwait(false);
        }
        catch (AwsException)
        {
            // Events are for whoever watches; that they cannot be read keeps nothing from being deleted.
        }

        await new StackDeletion(cloudFormation, time, events, stackId, role, watch).RunAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>A stack by its name or id, or null. By its name a deleted one is not found.</summary>
    /// <exception cref="AwsException">AWS refused the call or was not reached.</exception>
    public Task<Stack?> FindAsync(string nameOrId, CancellationToken cancellation = default) => FindAsync(cloudFormation, nameOrId, cancellation);

    /// <summary>All stacks of the region whose names begin with something.</summary>
    /// <exception cref="AwsException">AWS refused the call or was not reached.</exception>
    public async Task<IReadOnlyList<Stack>> ListAsync(string prefix, CancellationToken cancellation = default)
    {
        List<Stack> all = [];
        string? next = null;
        do
        {
            var page = await cloudFormation.DescribeStacksAsync(new(null, next), cancellation).ConfigureAwait(false);
            all.AddRange(page.Stacks.Where(stack => stack.StackName.StartsWith(prefix, StringComparison.Ordinal)));
            next = page.NextToken;
        }
        while (next is not null);
        return all;
    }

    internal static async Task<Stack?> FindAsync(ICloudFormation cloudFormation, string nameOrId, CancellationToken cancellation)
    {
        try
        {
            return (await cloudFormation.DescribeStacksAsync(new(nameOrId), cancellation).ConfigureAwait(false)).Stacks.FirstOrDefault();
        }
        catch (AwsException refused) when (refused.AwsCode == "ValidationError" && refused.Said.Contains("does not exist", StringComparison.Ordinal))
        {
            return null;
        }
    }

    /// <summary>The stack once nothing goes on in it any more, or once it is clear that it will not be made. AWS may be away meanwhile: machines go on.</summary>
    internal static async Task<Stack> SettleAsync(
        ICloudFormation cloudFormation, TimeProvider time, StackEvents events, string stackId, DateTimeOffset limit, StackWatch watch, CancellationToken cancellation)
    {
        var absence = new AwsAbsence(watch);
        while (true)
        {
            try
            {
                var stack = await LookAsync(cloudFormation, events, stackId, cancellation).ConfigureAwait(false);
                absence.Ends();
                if (!GoesOn(stack.StackStatus)) return stack;
                if (time.GetUtcNow() >= limit)
                    throw new StackException(ErrorCodes.ClusterStuck, $"Stack {stack.StackName} is still {stack.StackStatus} after its time limit; run again, and look at its events if it stays so.", stackId, null);
            }
            catch (AwsException error) when (error.MayPass && time.GetUtcNow() < limit)
            {
                // A laptop that slept, a network that was away: what is in the making is looked at again.
                absence.Begins(error, limit - time.GetUtcNow());
            }

            await Task.Delay(Pause, time, cancellation).ConfigureAwait(false);
        }
    }

    private static async Task<Stack> LookAsync(ICloudFormation cloudFormation, StackEvents events, string stackId, CancellationToken cancellation)
    {
        var stack = await FindAsync(cloudFormation, stackId, cancellation).ConfigureAwait(false)
            ?? throw new StackException(ErrorCodes.ClusterLost, $"Stack {StackId.NameOf(stackId)} is no longer there; somebody deleted it.", stackId, null);
        await events.ReadAsync(cancellation).ConfigureAwait(false);
        return stack;
    }

    private static bool GoesOn(string status) =>
        status is "CREATE_IN_PROGRESS" || (status.StartsWith("UPDATE_", StringComparison.Ordinal) && status.EndsWith("_IN_PROGRESS", StringComparison.Ordinal));
}
