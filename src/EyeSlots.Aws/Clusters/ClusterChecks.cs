using EyeSlots.Aws.Artifacts;
using EyeSlots.Aws.Requests;
using EyeSlots.Aws.Services;

namespace EyeSlots.Aws.Clusters;

/// <summary>A cluster that may be made: nothing is missing that can be known before.</summary>
/// <param name="Options">What is asked for.</param>
/// <param name="Caller">Who asks, as AWS knows it.</param>
/// <param name="Ground">The base stack.</param>
/// <param name="Artifacts">Its bucket.</param>
/// <param name="Prepared">What machines fetch.</param>
public sealed record CheckedCluster(ClusterOptions Options, string Caller, ClusterBase Ground, ArtifactBucket Artifacts, PreparedArtifacts Prepared)
{
    /// <summary>Each call that would change something, in its order.</summary>
    /// <param name="line">The job that the cluster is made for and deleted after, or null for one that stays.</param>
    /// <exception cref="EyeSlotsException">usage: the job names a folder of this machine.</exception>
    public IReadOnlyList<PlannedCall> Calls(JobLine? line)
    {
        var by = line is null ? MadeBy.Up : MadeBy.Run;
        var create = PlannedCall.Create(ClusterRequest.Of(Options, Ground, Artifacts, Prepared, by, ""));
        List<PlannedCall> calls = [create, PlannedCall.DeleteObjects($"s3://{Ground.ArtifactBucket}/{Options.Name.Folder}/*")];
        if (line is not null) calls.AddRange([.. line.Calls(Ground, Options.Name), PlannedCall.Delete(Options.Name.StackName)]);
        return calls;
    }
}

/// <summary>
/// All that can go wrong and can be known before a machine is paid for, the cheapest question first. Each failure has its code and says what
/// to type next.
/// </summary>
/// <param name="account">The account.</param>
public sealed class ClusterChecks(ClusterAccount account)
{
    private const string Ec2 = "ec2", OnDemandStandard = "L-1216C47A", SpotStandard = "L-34B43A08", OnDemandGpu = "L-DB2E81BA";

    /// <summary>Asks who asks, for the base stack, the artifacts, the buckets' region and the vCPU quotas, in this order.</summary>
    /// <param name="options">What cluster is asked for.</param>
    /// <param name="buckets">The buckets that its job names.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="EyeSlotsException">
    /// aws-credentials, aws-denied, base-missing, base-outdated, artifact-missing, region-mismatch, cluster-quota, or the store failed.
    /// </exception>
    public Task<CheckedCluster> RunAsync(ClusterOptions options, IReadOnlyList<string> buckets, CancellationToken cancellation = default) => RunAsync(options, buckets, null, cancellation);

    /// <summary>Likewise for a job, which must name no folder of this machine: usage.</summary>
    public Task<CheckedCluster> RunAsync(ClusterOptions options, JobLine line, CancellationToken cancellation = default) => RunAsync(options, line.Buckets, line, cancellation);

    private async Task<CheckedCluster> RunAsync(ClusterOptions options, IReadOnlyList<string> buckets, JobLine? line, CancellationToken cancellation)
    {
        var caller = await new SecurityTokenClient(account.Access).GetCallerIdentityAsync(cancellation).ConfigureAwait(false);
        var ground = await ClusterBase.FindAsync(account, cancellation).ConfigureAwait(false);
        _ = line?.For(ground, options.Name);
        var artifacts = ground.Artifacts(account);
        var prepared = await CheckArtifactsAsync(options, artifacts, cancellation).ConfigureAwait(false);
        foreach (var bucket in ground.DataBuckets.Concat(buckets).Distinct(StringComparer.Ordinal)) await CheckRegionAsync(bucket, cancellation).ConfigureAwait(false);
        await CheckQuotasAsync(options, cancellation).ConfigureAwait(false);
        return new(options, caller.Arn, ground, artifacts, prepared);
    }

    private static async Task<PreparedArtifacts> CheckArtifactsAsync(ClusterOptions options, ArtifactBucket artifacts, CancellationToken cancellation)
    {
        var prepared = await artifacts.LoadAsync(cancellation).ConfigureAwait(false)
            ?? throw new EyeSlotsException(ErrorCodes.ArtifactMissing, $"Nothing was uploaded to s3://{artifacts.Name}; run 'eyeslots cluster prepare --spark FILE --jre FILE'.");
        var needed = options.IsTrainer ? prepared.OfTrainer() : prepared.OfCluster();
        await artifacts.RequireAsync([.. needed, ClusterRequest.Template(options)], cancellation).ConfigureAwait(false);
        return prepared;
    }

    private async Task CheckRegionAsync(string bucket, CancellationToken cancellation)
    {
        var region = await account.Stores.RegionOfAsync(bucket, cancellation).ConfigureAwait(false);
        if (region == account.Region) return;
        throw new EyeSlotsException(
            ErrorCodes.RegionMismatch,
            $"The bucket {bucket} is in {region} and the cluster would be in {account.Region}, which would be slow and cost for each byte; take --region {region}, or copy the bucket.");
    }

    // A quota is of all machines of the account; those that run already are not counted here, and AWS says so when it comes to it.
    private async Task CheckQuotasAsync(ClusterOptions options, CancellationToken cancellation)
    {
        var (onDemand, spot) = options.Vcpus;
        await CheckQuotaAsync("on-demand", options.HasGpu ? OnDemandGpu : OnDemandStandard, onDemand, cancellation).ConfigureAwait(false);
        await CheckQuotaAsync("spot", SpotStandard, spot, cancellation).ConfigureAwait(false);
    }

    private async Task CheckQuotaAsync(string market, string quota, double vcpus, CancellationToken cancellation)
    {
        if (vcpus == 0) return;
        double allowed;
        try
        {
            allowed = await new ServiceQuotasClient(account.Access).GetServiceQuotaAsync(Ec2, quota, cancellation).ConfigureAwait(false);
        }
        catch (AwsException error) when (error.AwsCode is "NoSuchResourceException")
        {
            return; // The region has no such quota, so nothing of it can be exceeded.
        }

        if (vcpus <= allowed) return;
        throw new EyeSlotsException(
            ErrorCodes.ClusterQuota,
            FormattableString.Invariant($"The cluster would have {vcpus} vCPUs of {market} machines and the account may have {allowed} in {account.Region}; take fewer --workers, or ask for more with 'aws service-quotas request-service-quota-increase --service-code {Ec2} --quota-code {quota} --desired-value {vcpus}'."));
    }
}
