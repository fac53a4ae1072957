using System.Text.RegularExpressions;
using EyeSlots.Aws.CloudFormation.Model;

namespace EyeSlots.Aws.CloudFormation;

/// <summary>What CloudFormation's reasons mean. It gives texts and no codes; the words are believed to be those of its services today.</summary>
internal static partial class StackReasons
{
    private const int LongestReason = 400;

    /// <summary>A failure for the user.</summary>
    /// <param name="what">What was not done, such as <c>Stack x was not made</c>.</param>
    /// <param name="stack">The stack as it stands.</param>
    /// <param name="first">What failed first, or null.</param>
    public static StackException Explain(string what, Stack stack, StackEvent? first)
    {
        var reason = OneLine(first?.ResourceStatusReason ?? stack.StackStatusReason ?? "no reason given");
        var resource = first is null || first.IsOfStack ? stack.StackStatus : $"{first.LogicalResourceId} ({first.ResourceType}) failed";
        var (code, advice) = Classify(reason);
        return new(code, $"{what}: {resource}: {reason}{(reason.EndsWith('.') ? "" : ".")} {advice}", stack.StackId, first);
    }

    private static (string Code, string Advice) Classify(string reason) => reason switch
    {
        _ when Quota().IsMatch(reason) => (ErrorCodes.ClusterQuota, "Ask for more in Service Quotas of this region, or use fewer or smaller machines."),
        _ when Capacity().IsMatch(reason) => (ErrorCodes.ClusterCapacity, "Run again later, in another region, or with other machines."),
        _ when Signal().IsMatch(reason) => (ErrorCodes.ClusterBoot, "Its logs lie below clusters/ in the artifact bucket."),
        _ when Denied().IsMatch(reason) => (ErrorCodes.AwsDenied, "The service role of the base stack lacks it; 'eyeslots cluster prepare' renews that role."),
        _ => (ErrorCodes.ClusterRollback, "Correct it and run again."),
    };

    private static string OneLine(string text) =>
        string.Join(' ', text[..Math.Min(text.Length, LongestReason)].Split(default(char[]), StringSplitOptions.RemoveEmptyEntries).Select(word => new string([.. word.Where(c => !char.IsControl(c))])));

    [GeneratedRegex("VcpuLimitExceeded|InstanceLimitExceeded|MaxSpotInstanceCountExceeded|AddressLimitExceeded|VpcLimitExceeded|LimitExceeded|more vCPU capacity than your current|quota", RegexOptions.IgnoreCase)]
    private static partial Regex Quota();

    [GeneratedRegex("InsufficientInstanceCapacity|UnfulfillableCapacity|insufficient capacity|sufficient .{0,60}capacity|is not supported in your requested Availability Zone", RegexOptions.IgnoreCase)]
    private static partial Regex Capacity();

    [GeneratedRegex("FAILURE signal|resource signal\\(s\\)", RegexOptions.IgnoreCase)]
    private static partial Regex Signal();

    [GeneratedRegex("AccessDenied|UnauthorizedOperation|is not authorized to perform", RegexOptions.IgnoreCase)]
    private static partial Regex Denied();
}
