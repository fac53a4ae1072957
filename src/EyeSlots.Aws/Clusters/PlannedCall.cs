namespace EyeSlots.Aws.Clusters;

/// <summary>A call that would change something, as a dry run tells it.</summary>
/// <param name="Service">The service, as policies name it.</param>
/// <param name="Action">The action, as policies name it.</param>
/// <param name="Resource">What would change.</param>
/// <param name="Detail">With what; empty where there is no more to say.</param>
public readonly record struct PlannedCall(string Service, string Action, string Resource, string Detail = "")
{
    /// <summary>A line.</summary>
    public override string ToString() => $"{Service}:{Action} {Resource}{(Detail.Length > 0 ? $" ({Detail})" : "")}";

    internal static PlannedCall Create(CloudFormation.Model.CreateStackRequest request) =>
        new("cloudformation", "CreateStack", request.StackName, string.Join(", ", request.Parameters.Select(parameter => $"{parameter.ParameterKey}={parameter.ParameterValue}")));

    internal static PlannedCall Update(CloudFormation.Model.UpdateStackRequest request) => new("cloudformation", "UpdateStack", request.StackName);

    /// <summary>The end of a stack.</summary>
    public static PlannedCall Delete(string stack) => new("cloudformation", "DeleteStack", stack);

    internal static PlannedCall Put(string address, string detail = "") => new("s3", "PutObject", address, detail);

    internal static PlannedCall DeleteObjects(string address) => new("s3", "DeleteObject", address);
}
