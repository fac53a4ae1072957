using EyeSlots.Aws.CloudFormation;
using EyeSlots.Aws.Requests;
using EyeSlots.Aws.Services;

namespace EyeSlots.Aws.Nodes;

/// <summary>All that a machine asks of AWS besides S3; its role allows no more.</summary>
internal interface INodeCloud
{
    /// <summary>Tells the stack that waits for this machine that it is ready, or has failed. A signal carries no reason: the mailbox has it.</summary>
    Task SignalAsync(string instance, bool isReady, CancellationToken cancellation);

    /// <summary>The secret that Spark's parts share.</summary>
    Task<string> ReadSecretAsync(CancellationToken cancellation);

    /// <summary>Sets how many workers the group has.</summary>
    Task SetWorkersAsync(int count, CancellationToken cancellation);

    /// <summary>What the group did last, in one line: why no worker comes. Null where it did nothing.</summary>
    Task<string?> LastActivityAsync(CancellationToken cancellation);
}

/// <summary>AWS itself.</summary>
/// <param name="settings">Which stack, secret and group.</param>
/// <param name="access">Who asks: the role of the machine.</param>
internal sealed class NodeCloud(NodeSettings settings, AwsAccess access) : INodeCloud
{
    private readonly AutoScalingClient groups = new(access);

    public async Task SignalAsync(string instance, bool isReady, CancellationToken cancellation) => await new CloudFormationClient(access)
        .SignalResourceAsync(new(settings.Stack, settings.Resource, instance, isReady ? "SUCCESS" : "FAILURE"), cancellation).ConfigureAwait(false);

    public Task<string> ReadSecretAsync(CancellationToken cancellation) => new SecretsManagerClient(access).GetSecretValueAsync(settings.Secret, cancellation);

    public Task SetWorkersAsync(int count, CancellationToken cancellation) => groups.SetDesiredCapacityAsync(settings.Group, count, cancellation);

    public async Task<string?> LastActivityAsync(CancellationToken cancellation) =>
        (await groups.DescribeScalingActivitiesAsync(settings.Group, cancellation).ConfigureAwait(false)) is [var last, ..] ? $"{last.StatusCode}: {last.StatusMessage ?? last.Description}" : null;
}
