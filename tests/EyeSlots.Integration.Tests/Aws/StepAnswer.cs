using System.Text.RegularExpressions;

namespace EyeSlots.Integration.Tests.Aws;

/// <summary>What a call of a state machine is answered.</summary>
/// <param name="IsForwarded">Whether the service gets the call.</param>
/// <param name="Status">The answer's status, where it does not.</param>
/// <param name="IsLost">Whether the answer never comes.</param>
/// <param name="Change">From the service's answer to the machine's.</param>
internal sealed record StepAnswer(bool IsForwarded, int Status, bool IsLost, Func<string, string> Change)
{
    /// <summary>The service's own.</summary>
    public static StepAnswer Pass { get; } = new(true, 200, false, text => text);

    /// <summary>The service does it, and the answer never comes.</summary>
    public static StepAnswer DoneAndLost { get; } = new(true, 200, true, text => text);

    /// <summary>A refusal in CloudFormation's form.</summary>
    public static StepAnswer Refuse(int status, string code, string message) => new(
        false, status, false, _ => $"<ErrorResponse xmlns=\"http://cloudformation.amazonaws.com/doc/2010-05-15/\"><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error><RequestId>test</RequestId></ErrorResponse>");

    /// <summary>Taken, and nothing is done: as for a deletion that will fail.</summary>
    public static StepAnswer Ignore(string action) => new(
        false, 200, false, _ => $"<{action}Response xmlns=\"http://cloudformation.amazonaws.com/doc/2010-05-15/\"><ResponseMetadata><RequestId>test</RequestId></ResponseMetadata></{action}Response>");

    /// <summary>The service's own, with another status of the stack in it.</summary>
    public static StepAnswer InStatus(string status, string reason) => new(
        true, 200, false, text => Regex.Replace(text, "<StackStatus>[A-Z_]+</StackStatus>", $"<StackStatus>{status}</StackStatus><StackStatusReason>{reason}</StackStatusReason>"));

    /// <summary>The events of a stack, which moto does not have: what failed, the newest first.</summary>
    public static StepAnswer Failed(params (string Resource, string Type, string Reason)[] events) => new(false, 200, false, _ =>
        "<DescribeStackEventsResponse xmlns=\"http://cloudformation.amazonaws.com/doc/2010-05-15/\"><DescribeStackEventsResult><StackEvents>"
        + string.Concat(events.Select((one, number) => $"""
            <member><EventId>{number}</EventId><StackId>stack</StackId><StackName>stack</StackName><Timestamp>2026-01-01T00:00:00Z</Timestamp>
            <LogicalResourceId>{one.Resource}</LogicalResourceId><ResourceType>{one.Type}</ResourceType>
            <ResourceStatus>CREATE_FAILED</ResourceStatus><ResourceStatusReason>{one.Reason}</ResourceStatusReason></member>
            """))
        + "</StackEvents></DescribeStackEventsResult><ResponseMetadata><RequestId>test</RequestId></ResponseMetadata></DescribeStackEventsResponse>");
}
