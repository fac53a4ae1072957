using System.Security;
using System.Text.Json;
using EyeSlots.Aws.CloudFormation.Model;

namespace EyeSlots.Integration.Tests.Aws;

/// <summary>Answers in the forms of the examples of the services' API references.</summary>
internal static class AwsAnswers
{
    private const string RequestId = "b9b4b068-3a41-11e5-94eb-example";

    public static DoubleAnswer Json(object body) => new(200, "application/x-amz-json-1.1", JsonSerializer.Serialize(body));

    /// <summary>A refusal in the form of the call's protocol.</summary>
    public static DoubleAnswer Refuse(DoubleCall call, int status, string code, string message) => call.IsJson
        ? new(status, "application/x-amz-json-1.1", JsonSerializer.Serialize(new { __type = $"com.amazonaws.{code}", message }))
        : new(status, "text/xml", $"""
            <ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/">
              <Error><Type>{(status >= 500 ? "Receiver" : "Sender")}</Type><Code>{code}</Code><Message>{SecurityElement.Escape(message)}</Message></Error>
              <RequestId>{RequestId}</RequestId>
            </ErrorResponse>
            """);

    /// <summary>An answer of an action of CloudFormation.</summary>
    public static DoubleAnswer CloudFormation(string action, string result) => Query(action, "http://cloudformation.amazonaws.com/doc/2010-05-15/", result);

    public static DoubleAnswer Query(string action, string space, string result) => new(200, "text/xml", $"""
        <{action}Response xmlns="{space}">
          {(result.Length == 0 ? "" : $"<{action}Result>{result}</{action}Result>")}
          <ResponseMetadata><RequestId>{RequestId}</RequestId></ResponseMetadata>
        </{action}Response>
        """);

    public static DoubleAnswer Identity(DoubleCall call) => Query("GetCallerIdentity", "https://sts.amazonaws.com/doc/2011-06-15/", $"""
        <Arn>arn:aws:iam::{AwsDouble.Account}:user/Alice</Arn><UserId>AIDACKCEVSQ6C2EXAMPLE</UserId><Account>{AwsDouble.Account}</Account>
        """);

    public static string Of(Stack stack) => $"""
        <member>
          <StackName>{stack.StackName}</StackName><StackId>{stack.StackId}</StackId><StackStatus>{stack.StackStatus}</StackStatus>
          {(stack.StackStatusReason is { } reason ? $"<StackStatusReason>{SecurityElement.Escape(reason)}</StackStatusReason>" : "")}
          <CreationTime>{Time(stack.CreationTime)}</CreationTime><DisableRollback>false</DisableRollback>
          <Parameters>{string.Concat(stack.Parameters.Select(item => $"<member><ParameterKey>{item.ParameterKey}</ParameterKey><ParameterValue>{SecurityElement.Escape(item.ParameterValue)}</ParameterValue></member>"))}</Parameters>
          <Outputs>{string.Concat(stack.Outputs.Select(item => $"<member><OutputKey>{item.OutputKey}</OutputKey><OutputValue>{SecurityElement.Escape(item.OutputValue)}</OutputValue></member>"))}</Outputs>
          <Tags>{string.Concat(stack.Tags.Select(item => $"<member><Key>{item.Key}</Key><Value>{SecurityElement.Escape(item.Value)}</Value></member>"))}</Tags>
        </member>
        """;

    public static string Of(StackEvent happened) => $"""
        <member>
          <EventId>{happened.EventId}</EventId><StackId>{happened.StackId}</StackId><StackName>{happened.StackId.Split('/')[1]}</StackName>
          <LogicalResourceId>{happened.LogicalResourceId}</LogicalResourceId><PhysicalResourceId>{happened.PhysicalResourceId}</PhysicalResourceId>
          <ResourceType>{happened.ResourceType}</ResourceType><Timestamp>{Time(happened.Timestamp)}</Timestamp><ResourceStatus>{happened.ResourceStatus}</ResourceStatus>
          {(happened.ResourceStatusReason is { } reason ? $"<ResourceStatusReason>{SecurityElement.Escape(reason)}</ResourceStatusReason>" : "")}
          <ClientRequestToken>{happened.ClientRequestToken}</ClientRequestToken>
        </member>
        """;

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
