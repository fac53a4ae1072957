using System.Globalization;
using EyeSlots.Aws.Artifacts;
using EyeSlots.Aws.CloudFormation.Model;
using EyeSlots.Aws.Clusters;

namespace EyeSlots.Aws.Nightly;

/// <summary>Nights that may be installed: nothing is missing that can be known before.</summary>
/// <param name="Options">What is asked for.</param>
/// <param name="Cluster">What each night's cluster is made of, checked.</param>
public sealed record NightlyPlan(NightlyOptions Options, CheckedCluster Cluster)
{
    /// <summary>The stack's name: the roles of the base stack are made for it.</summary>
    public const string StackName = "eyeslots-nightly";

    /// <summary>Where the job of every night lies in the artifact bucket; a night's state machine copies it into its cluster's mailbox.</summary>
    internal const string JobKey = "nightly/job.json";

    private static readonly Artifact Template = ArtifactBucket.Template("nightly.yaml"), OfCluster = ArtifactBucket.Template("cluster.yaml");

    internal string JobAddress => $"s3://{Cluster.Ground.ArtifactBucket}/{JobKey}";

    internal string TemplateUrl => Cluster.Artifacts.TemplateUrl(Template);

    /// <summary>The role that makes the stack.</summary>
    /// <exception cref="EyeSlotsException">base-outdated: the base stack has none.</exception>
    internal string Role => Cluster.Ground.NightlyServiceRoleArn
        ?? throw new EyeSlotsException(ErrorCodes.BaseOutdated, $"The stack {ClusterBase.StackName} has no output NightlyServiceRoleArn; run 'eyeslots cluster prepare' to update it.");

    /// <summary>Each call that would change something, in its order.</summary>
    /// <param name="isThere">Whether nights were installed before.</param>
    public IReadOnlyList<PlannedCall> Calls(bool isThere) =>
    [
        PlannedCall.Put(JobAddress, string.Join(' ', Options.Job.Arguments)),
        isThere ? PlannedCall.Update(Update()) : PlannedCall.Create(Create()),
    ];

    /// <summary>What has to lie in the bucket beside what machines fetch.</summary>
    internal Task RequireTemplatesAsync(CancellationToken cancellation) => Cluster.Artifacts.RequireAsync([Template, OfCluster], cancellation);

    internal CreateStackRequest Create() => new() { StackName = StackName, TemplateURL = TemplateUrl, RoleARN = Role, Parameters = Parameters() };

    internal UpdateStackRequest Update() => new() { StackName = StackName, TemplateURL = TemplateUrl, RoleARN = Role, Parameters = Parameters() };

    // No worker at the start: on a night on which nothing changed the master finds nothing to make, and asks for none.
    private List<Parameter> Parameters()
    {
        var (cluster, prepared) = (Options.Cluster, Cluster.Prepared);
        List<Parameter> parameters =
        [
            new("BaseStack", ClusterBase.StackName), new("Schedule", Options.Schedule), new("TimeZone", Options.TimeZone), new("TemplateUrl", Cluster.Artifacts.TemplateUrl(OfCluster)),
            new("MinWorkers", Text(cluster.Workers.Least)), new("MaxWorkers", Text(cluster.Workers.Most)), new("InitialWorkers", "0"), new("OnDemandBase", Text(cluster.OnDemand)),
            new("LifetimeSeconds", Text(cluster.LifetimeSeconds)),
            new("ProgramSha256", prepared.ProgramSha256!), new("SparkSha256", prepared.SparkSha256!), new("JreSha256", prepared.JreSha256!),
        ];
        if (cluster.MachineType is { } type) parameters.Add(new("MasterInstanceType", type));
        return parameters;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
