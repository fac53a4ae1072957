using EyeSlots.Aws.CloudFormation.Model;

namespace EyeSlots.Aws.CloudFormation;

/// <summary>What whoever waits for a stack is told and asked.</summary>
public sealed record StackWatch
{
    /// <summary>Nobody is told anything, and a stack whose making is cancelled is deleted.</summary>
    public static StackWatch Silent { get; } = new();

    /// <summary>Told the id as soon as there is one, or null.</summary>
    public Action<string>? Started { get; init; }

    /// <summary>Told each event once, in order, or null.</summary>
    public Action<StackEvent>? Show { get; init; }

    /// <summary>Told what else is worth a line, such as that AWS is not reached and waited for, or null.</summary>
    public Action<string>? Note { get; init; }

    /// <summary>Asked when the making is cancelled: whether the stack is left to its end of life. Null deletes it.</summary>
    public Func<Task<bool>>? LeaveWhenCancelled { get; init; }
}
