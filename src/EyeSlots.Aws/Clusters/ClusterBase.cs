using System.Globalization;
using EyeSlots.Aws.Artifacts;
using EyeSlots.Aws.CloudFormation.Model;

namespace EyeSlots.Aws.Clusters;

/// <summary>The base stack of a region, as its outputs tell.</summary>
public sealed record ClusterBase
{
    /// <summary>The stack's name.</summary>
    public const string StackName = "eyeslots-base";

    /// <summary>The version of base.yaml whose network, roles and buckets the other templates need.</summary>
    internal const int NeededVersion = 1;

    /// <summary>The stack's id.</summary>
    public required string StackId { get; init; }

    /// <summary>The bucket with artifacts and mailboxes.</summary>
    public required string ArtifactBucket { get; init; }

    /// <summary>The buckets with photographs and shards, one at least.</summary>
    public required IReadOnlyList<string> DataBuckets { get; init; }

    /// <summary>The subnets in which machines start.</summary>
    public required IReadOnlyList<string> Subnets { get; init; }

    /// <summary>What CloudFormation works as for a run.</summary>
    public required string ServiceRoleArn { get; init; }

    /// <summary>What CloudFormation works as for the nights; null for a base stack of before there were any.</summary>
    public string? NightlyServiceRoleArn { get; init; }

    /// <summary>Finds it.</summary>
    /// <exception cref="EyeSlotsException">base-missing; base-outdated: it was made by another version of the program.</exception>
    public static async Task<ClusterBase> FindAsync(ClusterAccount account, CancellationToken cancellation = default)
    {
        var stack = await account.Life.FindAsync(StackName, cancellation).ConfigureAwait(false)
            ?? throw new EyeSlotsException(ErrorCodes.BaseMissing, $"There is no stack {StackName} in {account.Region}; run 'eyeslots cluster prepare --spark FILE --jre FILE' there, or name another --region.");
        if (stack.OutputOf("BaseVersion") is not { } text || stack.StackStatus is not ("CREATE_COMPLETE" or "UPDATE_COMPLETE" or "UPDATE_ROLLBACK_COMPLETE"))
            throw new EyeSlotsException(ErrorCodes.BaseMissing, $"The stack {StackName} in {account.Region} is in {stack.StackStatus}; wait until it is complete, or run 'eyeslots cluster prepare' again.");
        Check(text, account.Region);
        return Of(stack);
    }

    /// <summary>The bucket with artifacts, opened.</summary>
    public ArtifactBucket Artifacts(ClusterAccount account) => new(account.Stores, ArtifactBucket, account.Region);

    internal static ClusterBase Of(Stack stack) => new()
    {
        StackId = stack.StackId, ArtifactBucket = Output(stack, "ArtifactBucket"), ServiceRoleArn = Output(stack, "ServiceRoleArn"),
        NightlyServiceRoleArn = stack.OutputOf("NightlyServiceRoleArn"),
        DataBuckets = Output(stack, "DataBucket").Split(','), Subnets = Output(stack, "SubnetIds").Split(','),
    };

    private static void Check(string text, string region)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version == NeededVersion) return;
        var next = version > NeededVersion ? "this program is older than that: update it" : "run 'eyeslots cluster prepare' to update it";
        throw new EyeSlotsException(ErrorCodes.BaseOutdated, $"The stack {StackName} in {region} has version '{text}' and this program needs {NeededVersion}; {next}.");
    }

    private static string Output(Stack stack, string key) => stack.OutputOf(key) is { Length: > 0 } value
        ? value
        : throw new EyeSlotsException(ErrorCodes.BaseOutdated, $"The stack {StackName} has no output {key}; run 'eyeslots cluster prepare' to update it.");
}
