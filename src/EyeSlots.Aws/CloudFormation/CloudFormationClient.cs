using System.Security.Cryptography;
using EyeSlots.Aws.CloudFormation.Model;
using EyeSlots.Aws.Requests;

namespace EyeSlots.Aws.CloudFormation;

/// <summary>CloudFormation by the Query protocol.</summary>
/// <param name="access">Who asks, and where.</param>
public sealed class CloudFormationClient(AwsAccess access) : ICloudFormation
{
    private readonly QueryClient query = new(access, AwsService.CloudFormation);

    /// <summary>A token for one intent: by it a call that is sent again does nothing twice.</summary>
    public static string NewToken() => $"eyeslots-{RandomNumberGenerator.GetHexString(32, lowercase: true)}";

    /// <inheritdoc/>
    public async Task<CreateStackResponse> CreateStackAsync(CreateStackRequest request, CancellationToken cancellationToken = default)
    {
        var form = new QueryForm().Add("StackName", request.StackName).Add("TemplateURL", request.TemplateURL).Add("TemplateBody", request.TemplateBody)
            .AddParameters(request.Parameters).AddList("Capabilities.member", request.Capabilities).AddTags(request.Tags).Add("RoleARN", request.RoleARN)
            .Add("OnFailure", request.OnFailure).Add("TimeoutInMinutes", request.TimeoutInMinutes)
            .Add("EnableTerminationProtection", request.EnableTerminationProtection).Add("ClientRequestToken", request.ClientRequestToken ?? NewToken());
        var answer = await query.CallAsync("CreateStack", form, cancellationToken).ConfigureAwait(false);
        return new(answer.Child("CreateStackResult").Text("StackId"));
    }

    /// <inheritdoc/>
    public async Task<UpdateStackResponse> UpdateStackAsync(UpdateStackRequest request, CancellationToken cancellationToken = default)
    {
        var form = new QueryForm().Add("StackName", request.StackName).Add("TemplateURL", request.TemplateURL).Add("TemplateBody", request.TemplateBody)
            .AddParameters(request.Parameters).AddList("Capabilities.member", request.Capabilities).AddTags(request.Tags).Add("RoleARN", request.RoleARN)
            .Add("ClientRequestToken", request.ClientRequestToken ?? NewToken());
        var answer = await query.CallAsync("UpdateStack", form, cancellationToken).ConfigureAwait(false);
        return new(answer.Child("UpdateStackResult").Text("StackId"));
    }

    /// <inheritdoc/>
    public async Task<DeleteStackResponse> DeleteStackAsync(DeleteStackRequest request, CancellationToken cancellationToken = default)
    {
        var form = new QueryForm().Add("StackName", request.StackName).Add("RoleARN", request.RoleARN).Add("ClientRequestToken", request.ClientRequestToken ?? NewToken());
        await query.CallAsync("DeleteStack", form, cancellationToken).ConfigureAwait(false);
        return new();
    }

    /// <inheritdoc/>
    public async Task<DescribeStacksResponse> DescribeStacksAsync(DescribeStacksRequest request, CancellationToken cancellationToken = default)
    {
        var form = new QueryForm().Add("StackName", request.StackName).Add("NextToken", request.NextToken);
        var result = (await query.CallAsync("DescribeStacks", form, cancellationToken).ConfigureAwait(false)).Child("DescribeStacksResult");
        return new([.. result.List("Stacks").Select(StackReader.Stack)], result.Optional("NextToken"));
    }

    /// <inheritdoc/>
    public async Task<DescribeStackEventsResponse> DescribeStackEventsAsync(DescribeStackEventsRequest request, CancellationToken cancellationToken = default)
    {
        var form = new QueryForm().Add("StackName", request.StackName).Add("NextToken", request.NextToken);
        var result = (await query.CallAsync("DescribeStackEvents", form, cancellationToken).ConfigureAwait(false)).Child("DescribeStackEventsResult");
        return new([.. result.List("StackEvents").Select(StackReader.Event)], result.Optional("NextToken"));
    }

    /// <inheritdoc/>
    public async Task<DescribeStackResourcesResponse> DescribeStackResourcesAsync(DescribeStackResourcesRequest request, CancellationToken cancellationToken = default)
    {
        var answer = await query.CallAsync("DescribeStackResources", new QueryForm().Add("StackName", request.StackName), cancellationToken).ConfigureAwait(false);
        return new([.. answer.Child("DescribeStackResourcesResult").List("StackResources").Select(StackReader.Resource)]);
    }

    /// <inheritdoc/>
    public async Task<SignalResourceResponse> SignalResourceAsync(SignalResourceRequest request, CancellationToken cancellationToken = default)
    {
        var form = new QueryForm().Add("StackName", request.StackName).Add("LogicalResourceId", request.LogicalResourceId)
            .Add("UniqueId", request.UniqueId).Add("Status", request.Status);
        await query.CallAsync("SignalResource", form, cancellationToken).ConfigureAwait(false);
        return new();
    }
}

/// <summary>Lists that several calls have.</summary>
file static class StackForms
{
    public static QueryForm AddParameters(this QueryForm form, IReadOnlyList<Parameter> parameters) => form.AddList("Parameters.member", parameters, (name, parameter) =>
    {
        form.Add($"{name}.ParameterKey", parameter.ParameterKey);
        if (parameter.UsePreviousValue) form.Add($"{name}.UsePreviousValue", true);
        else form.Add($"{name}.ParameterValue", parameter.ParameterValue);
    });

    public static QueryForm AddTags(this QueryForm form, IReadOnlyList<Tag> tags) =>
        form.AddList("Tags.member", tags, (name, tag) => form.Add($"{name}.Key", tag.Key).Add($"{name}.Value", tag.Value));
}
