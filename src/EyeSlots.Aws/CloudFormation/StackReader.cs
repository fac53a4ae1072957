using EyeSlots.Aws.CloudFormation.Model;
using EyeSlots.Aws.Requests;

namespace EyeSlots.Aws.CloudFormation;

/// <summary>Reads stacks, events and resources from answers.</summary>
internal static class StackReader
{
    public static Stack Stack(XmlAnswer answer) => new()
    {
        StackId = answer.Text("StackId"),
        StackName = answer.Text("StackName"),
        StackStatus = answer.Text("StackStatus"),
        StackStatusReason = answer.Optional("StackStatusReason"),
        CreationTime = answer.Time("CreationTime"),
        DeletionTime = answer.OptionalTime("DeletionTime"),
        Parameters = [.. answer.List("Parameters").Select(item => new Parameter(item.Text("ParameterKey"), item.Optional("ParameterValue") ?? ""))],
        Outputs = [.. answer.List("Outputs").Select(item => new Output(item.Text("OutputKey"), item.Text("OutputValue"), item.Optional("ExportName")))],
        Tags = [.. answer.List("Tags").Select(item => new Tag(item.Text("Key"), item.Text("Value")))],
    };

    public static StackEvent Event(XmlAnswer answer) => new()
    {
        EventId = answer.Text("EventId"),
        StackId = answer.Text("StackId"),
        LogicalResourceId = answer.Optional("LogicalResourceId") ?? "",
        PhysicalResourceId = answer.Optional("PhysicalResourceId") ?? "",
        ResourceType = answer.Optional("ResourceType") ?? "",
        Timestamp = answer.Time("Timestamp"),
        ResourceStatus = answer.Text("ResourceStatus"),
        ResourceStatusReason = answer.Optional("ResourceStatusReason"),
        ClientRequestToken = answer.Optional("ClientRequestToken"),
    };

    public static StackResource Resource(XmlAnswer answer) => new(
        answer.Text("LogicalResourceId"), answer.Optional("PhysicalResourceId") ?? "", answer.Text("ResourceType"), answer.Text("ResourceStatus"));
}
