using EyeSlots.Aws.CloudFormation.Model;

namespace EyeSlots.Aws.CloudFormation;

/// <summary>
/// What is used of CloudFormation. Methods and properties have the names of AWSSDK.CloudFormation, which is not to be had where this is
/// built: where it is, <see cref="CloudFormationClient"/> becomes its client and nothing else changes.
/// </summary>
public interface ICloudFormation
{
    /// <summary>Begins to make a stack. With the same <see cref="CreateStackRequest.ClientRequestToken"/> it begins once.</summary>
    /// <exception cref="Requests.AwsException">AWS refused it or was not reached; so for all others.</exception>
    Task<CreateStackResponse> CreateStackAsync(CreateStackRequest request, CancellationToken cancellationToken = default);

    /// <summary>Begins to change a stack.</summary>
    Task<UpdateStackResponse> UpdateStackAsync(UpdateStackRequest request, CancellationToken cancellationToken = default);

    /// <summary>Begins to delete a stack; one that is not there is no error.</summary>
    Task<DeleteStackResponse> DeleteStackAsync(DeleteStackRequest request, CancellationToken cancellationToken = default);

    /// <summary>A page of the stacks of the region, or the one that is named.</summary>
    Task<DescribeStacksResponse> DescribeStacksAsync(DescribeStacksRequest request, CancellationToken cancellationToken = default);

    /// <summary>A page of a stack's events, the newest first.</summary>
    Task<DescribeStackEventsResponse> DescribeStackEventsAsync(DescribeStackEventsRequest request, CancellationToken cancellationToken = default);

    /// <summary>The resources of a stack.</summary>
    Task<DescribeStackResourcesResponse> DescribeStackResourcesAsync(DescribeStackResourcesRequest request, CancellationToken cancellationToken = default);

    /// <summary>Tells a stack that a resource is ready or has failed.</summary>
    Task<SignalResourceResponse> SignalResourceAsync(SignalResourceRequest request, CancellationToken cancellationToken = default);
}
