using System.Globalization;
using EyeSlots.Aws.Artifacts;
using EyeSlots.Aws.CloudFormation.Model;

namespace EyeSlots.Aws.Clusters;

/// <summary>Who asked for a cluster: one that a run asked for is taken down by it, and is nobody else's to use.</summary>
internal enum MadeBy
{
    Up,
    Run,
}

/// <summary>From what a user asks for to what CloudFormation is asked for.</summary>
internal static class ClusterRequest
{
    /// <summary>The tag that says who asked.</summary>
    public const string MadeByTag = "eyeslots-made-by";

    /// <summary>The parameter that says when it ends.</summary>
    public const string Lifetime = "LifetimeSeconds";

    /// <summary>The tag of its machines.</summary>
    public const string ClusterTag = "eyeslots-cluster";

    private const int MostMinutes = 20;

    /// <summary>The template.</summary>
    public static Artifact Template(ClusterOptions options) => ArtifactBucket.Template(options.IsTrainer ? "trainer.yaml" : "cluster.yaml");

    /// <summary>The stack.</summary>
    /// <param name="options">What is asked for.</param>
    /// <param name="ground">The base stack.</param>
    /// <param name="artifacts">The bucket with its artifacts, where the template lies.</param>
    /// <param name="prepared">What its machines fetch.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="token">The same for each try.</param>
    public static CreateStackRequest Of(ClusterOptions options, ClusterBase ground, ArtifactBucket artifacts, PreparedArtifacts prepared, MadeBy by, string token) => new()
    {
        StackName = options.Name.StackName,
        TemplateURL = artifacts.TemplateUrl(Template(options)),
        RoleARN = ground.ServiceRoleArn,
        OnFailure = "DELETE",
        TimeoutInMinutes = MostMinutes,
        ClientRequestToken = token,
        Tags = [new(MadeByTag, by == MadeBy.Run ? "run" : "up")],
        Parameters = [.. Common(options, prepared), .. options.IsTrainer ? [new("LibTorchSha256", prepared.LibTorchSha256!)] : OfCluster(options, prepared)],
    };

    /// <summary>The same with the first machine in another subnet.</summary>
    public static CreateStackRequest In(CreateStackRequest request, ClusterOptions options, string subnet, string token) => request with
    {
        ClientRequestToken = token, Parameters = [.. request.Parameters, new(options.IsTrainer ? "MachineSubnetId" : "MasterSubnetId", subnet)],
    };

    private static IEnumerable<Parameter> Common(ClusterOptions options, PreparedArtifacts prepared)
    {
        yield return new("BaseStack", ClusterBase.StackName);
        yield return new("ClusterName", options.Name.ToString());
        yield return new(Lifetime, Text(options.LifetimeSeconds));
        yield return new("ProgramSha256", prepared.ProgramSha256!);
        if (options.MachineType is { } type) yield return new(options.IsTrainer ? "InstanceType" : "MasterInstanceType", type);
    }

    private static IEnumerable<Parameter> OfCluster(ClusterOptions options, PreparedArtifacts prepared)
    {
        yield return new("MinWorkers", Text(options.Workers.Least));
        yield return new("InitialWorkers", Text(options.Workers.Most));
        yield return new("MaxWorkers", Text(options.Workers.Most));
        yield return new("OnDemandBase", Text(options.OnDemand));
        yield return new("SparkSha256", prepared.SparkSha256!);
        yield return new("JreSha256", prepared.JreSha256!);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
