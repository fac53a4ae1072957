using System.Text;
using EyeSlots.Aws.Artifacts;
using EyeSlots.Aws.CloudFormation;
using EyeSlots.Aws.CloudFormation.Model;
using EyeSlots.Aws.Services;

namespace EyeSlots.Aws.Clusters;

/// <summary>Prepares a region for clusters: the base stack, and in its bucket what machines fetch. What is there already is neither made nor sent again.</summary>
/// <param name="account">The account.</param>
/// <param name="watch">Told of events and of what is sent.</param>
public sealed class Preparation(ClusterAccount account, IClusterWatch watch)
{
    private const string Template = "base.yaml";
    private static readonly string[] OfRuns = ["cluster.yaml", "trainer.yaml", "nightly.yaml"];

    /// <summary>Prepares it.</summary>
    /// <param name="options">With what.</param>
    /// <param name="dryRun">Whether every call that would change something is told and none is made.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="EyeSlotsException">A file is none of its kind: usage; or AWS or the store refused.</exception>
    public async Task<PreparationReport> RunAsync(PreparationOptions options, bool dryRun, CancellationToken cancellation = default)
    {
        await new SecurityTokenClient(account.Access).GetCallerIdentityAsync(cancellation).ConfigureAwait(false);
        var folder = Directory.CreateTempSubdirectory("eyeslots-prepare-");
        try
        {
            var local = Pack(options, folder.FullName);
            var before = await account.Life.FindAsync(ClusterBase.StackName, cancellation).ConfigureAwait(false);
            if (dryRun) return await TellAsync(options, before, local, cancellation).ConfigureAwait(false);
            var ground = ClusterBase.Of(before is null
                ? await account.Life.CreateAsync(Create(options), watch.OfStack(), cancellation).ConfigureAwait(false)
                : await account.Life.UpdateAsync(Update(options, before), watch.OfStack(), cancellation).ConfigureAwait(false));
            return await SendAsync(ground, local, cancellation).ConfigureAwait(false);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private List<LocalArtifact> Pack(PreparationOptions options, string folder)
    {
        watch.Note("Packing what machines fetch.");
        List<LocalArtifact> packed = [ProgramPackage.Pack(options.Program, options.Worker, folder)];
        if (options.Spark is { } spark) packed.Add(SparkPackage.Of(spark));
        if (options.Jre is { } jre) packed.Add(JrePackage.Pack(jre, folder));
        if (options.LibTorch is { } libTorch) packed.Add(TrainerPackage.Pack(libTorch, options.Trainer, TrainerPackage.FindDotnet(), folder));
        return packed;
    }

    private async Task<PreparationReport> SendAsync(ClusterBase ground, List<LocalArtifact> local, CancellationToken cancellation)
    {
        var bucket = ground.Artifacts(account);
        List<SentArtifact> sent = [];
        foreach (var template in OfRuns) await bucket.SendTemplateAsync(ArtifactBucket.Template(template), cancellation).ConfigureAwait(false);
        var prepared = await bucket.LoadAsync(cancellation).ConfigureAwait(false);
        var next = (prepared ?? new() { Version = "" }) with { Version = Version };
        foreach (var one in local)
        {
            var isThere = await bucket.HasAsync(one, cancellation).ConfigureAwait(false);
            watch.Note(isThere ? $"{one} is there." : $"Sending {one}.");
            if (!isThere) await bucket.SendAsync(one, cancellation).ConfigureAwait(false);
            sent.Add(new(one.Artifact.File, one.Artifact.Sha256, one.Bytes, !isThere));
            next = next.With(one.Artifact);
        }

        if (next != prepared) await bucket.SaveAsync(next, cancellation).ConfigureAwait(false);
        return new(account.Region, ground.StackId, ground.ArtifactBucket, ground.DataBuckets, sent, next.NextLine, []);
    }

    private async Task<PreparationReport> TellAsync(PreparationOptions options, Stack? before, List<LocalArtifact> local, CancellationToken cancellation)
    {
        var name = before?.OutputOf("ArtifactBucket");
        var bucket = name is null ? null : new ArtifactBucket(account.Stores, name, account.Region);
        List<PlannedCall> calls = [before is null ? PlannedCall.Create(Create(options)) : PlannedCall.Update(Update(options, before))];
        foreach (var artifact in OfRuns.Select(ArtifactBucket.Template))
        {
            if (bucket is null || !await bucket.HasAsync(artifact, cancellation).ConfigureAwait(false)) calls.Add(PlannedCall.Put($"s3://{name ?? "ARTIFACT-BUCKET"}/{artifact.Key}"));
        }

        foreach (var one in local)
        {
            if (bucket is null || !await bucket.HasAsync(one, cancellation).ConfigureAwait(false)) calls.Add(PlannedCall.Put($"s3://{name ?? "ARTIFACT-BUCKET"}/{one.Artifact.Key}", Quantity.Bytes(one.Bytes)));
        }

        calls.Add(PlannedCall.Put($"s3://{name ?? "ARTIFACT-BUCKET"}/{PreparedArtifacts.Key}"));
        return new(account.Region, before?.StackId, name, [], [], null, calls);
    }

    private static CreateStackRequest Create(PreparationOptions options) => new()
    {
        StackName = ClusterBase.StackName, TemplateBody = Encoding.UTF8.GetString(Templates.Read(Template)), Capabilities = ["CAPABILITY_NAMED_IAM"], Parameters = options.Parameters(null),
    };

    private static UpdateStackRequest Update(PreparationOptions options, Stack before) => new()
    {
        StackName = before.StackId, TemplateBody = Encoding.UTF8.GetString(Templates.Read(Template)), Capabilities = ["CAPABILITY_NAMED_IAM"], Parameters = options.Parameters(before),
    };

    private static string Version => typeof(Preparation).Assembly.GetName().Version?.ToString(3) ?? "";
}
