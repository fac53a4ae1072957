using EyeSlots.Aws.CloudFormation.Model;

namespace EyeSlots.Aws.CloudFormation;

/// <summary>A stack that was not made, not changed or not deleted. The message names the first resource that failed, and what to do.</summary>
public sealed class StackException : EyeSlotsException
{
    internal StackException(string code, string message, string stackId, StackEvent? firstFailure, Exception? inner = null)
        : base(code, message, inner) => (StackId, FirstFailure) = (stackId, firstFailure);

    /// <summary>The stack's id.</summary>
    public string StackId { get; }

    /// <summary>What failed first, or null where nothing did: a time limit passed, or somebody deleted it.</summary>
    public StackEvent? FirstFailure { get; }
}
