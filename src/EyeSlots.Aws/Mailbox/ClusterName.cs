using System.Text.RegularExpressions;

namespace EyeSlots.Aws.Mailbox;

/// <summary>The name of a cluster: of its stack, and of its place in the artifact bucket.</summary>
public readonly partial record struct ClusterName
{
    /// <summary>What the names of all clusters' stacks begin with; the reaper deletes nothing else.</summary>
    public const string StackPrefix = "eyeslots-run-";

    private readonly string? text;

    private ClusterName(string text) => this.text = text;

    /// <summary>The stack's name.</summary>
    public string StackName => StackPrefix + text;

    /// <summary>Where the cluster's mailbox lies in the artifact bucket, without a slash at its end.</summary>
    public string Folder => "clusters/" + text;

    /// <summary>Reads a name: small letters, digits and hyphens, at most 32, no hyphen in front.</summary>
    /// <exception cref="EyeSlotsException">It is none: usage.</exception>
    public static ClusterName Parse(string text) => TryParse(text, out var name)
        ? name
        : throw new EyeSlotsException(ErrorCodes.Usage, $"'{text}' is no name of a cluster; take small letters, digits and hyphens, at most 32, such as faces-1.");

    /// <summary>Likewise, without an error.</summary>
    public static bool TryParse(string? text, out ClusterName name)
    {
        name = text is not null && Allowed().IsMatch(text) ? new(text) : default;
        return name.text is not null;
    }

    /// <summary>The cluster that a stack's name tells, or null for another's stack.</summary>
    public static ClusterName? OfStack(string stack) =>
        stack.StartsWith(StackPrefix, StringComparison.Ordinal) && TryParse(stack[StackPrefix.Length..], out var name) ? name : null;

    /// <summary>The name.</summary>
    public override string ToString() => text ?? "";

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,31}\z")]
    private static partial Regex Allowed();
}
