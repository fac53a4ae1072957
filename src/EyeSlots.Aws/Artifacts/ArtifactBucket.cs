using System.Security.Cryptography;
using System.Text.Json;
using Amazon;
using EyeSlots.Aws.CloudFormation;
using EyeSlots.Core;
using EyeSlots.Core.Storage;
using EyeSlots.Storage.S3;

namespace EyeSlots.Aws.Artifacts;

/// <summary>The bucket of the base stack that holds what machines fetch, and the templates.</summary>
/// <param name="stores">What opens it.</param>
/// <param name="bucket">Its name.</param>
/// <param name="region">Its region, for the addresses of templates.</param>
public sealed class ArtifactBucket(ObjectStoreFactory stores, string bucket, string region)
{
    private readonly IObjectStore store = stores.Open(StorageAddress.Parse($"s3://{bucket}"));

    /// <summary>The bucket's name.</summary>
    public string Name => bucket;

    /// <summary>The name by which a template's content is known.</summary>
    /// <param name="file">Such as <c>cluster.yaml</c>.</param>
    public static Artifact Template(string file) => new(file, Convert.ToHexStringLower(SHA256.HashData(Templates.Read(file))));

    /// <summary>What CloudFormation takes as <c>TemplateURL</c> for a template that was uploaded.</summary>
    public string TemplateUrl(Artifact template) => $"https://{bucket}.s3.{region}.{RegionEndpoint.GetBySystemName(region).PartitionDnsSuffix}/{template.Key}";

    /// <summary>What was uploaded last; null while nothing was.</summary>
    /// <exception cref="StorageException">It is damaged.</exception>
    public async Task<PreparedArtifacts?> LoadAsync(CancellationToken cancellation = default)
    {
        var buffer = new ByteBuffer();
        return await store.ReadAsync(PreparedArtifacts.Key, null, buffer, PreparedArtifacts.MostBytes, cancellation).ConfigureAwait(false) switch
        {
            ReadOutcome.Read => PreparedArtifacts.Parse(buffer.Span),
            ReadOutcome.Missing => null,
            _ => throw new StorageException($"s3://{bucket}/{PreparedArtifacts.Key} cannot be read; run 'eyeslots cluster prepare' again."),
        };
    }

    /// <summary>Whether an artifact is there.</summary>
    public async Task<bool> HasAsync(Artifact artifact, CancellationToken cancellation = default) => await store.StatAsync(artifact.Key, cancellation).ConfigureAwait(false) is not null;

    /// <summary>Demands that artifacts are there.</summary>
    /// <exception cref="EyeSlotsException">artifact-missing: which is not, and what to type.</exception>
    public async Task RequireAsync(IEnumerable<Artifact> artifacts, CancellationToken cancellation = default)
    {
        foreach (var artifact in artifacts)
        {
            if (await HasAsync(artifact, cancellation).ConfigureAwait(false)) continue;
            throw new EyeSlotsException(
                ErrorCodes.ArtifactMissing, $"s3://{bucket}/{artifact.Key} is not there; run '{PreparedArtifacts.LineOf([artifact.File])}'.");
        }
    }

    /// <summary>Whether all of a file of this machine is there.</summary>
    internal async Task<bool> HasAsync(LocalArtifact local, CancellationToken cancellation) =>
        await store.StatAsync(local.Artifact.Key, cancellation).ConfigureAwait(false) is { } there && there.Size == local.Bytes;

    /// <summary>Sends a file of this machine.</summary>
    internal Task SendAsync(LocalArtifact local, CancellationToken cancellation) =>
        stores.UploadAsync(StorageAddress.Parse($"s3://{bucket}/{local.Artifact.Key}"), local.Path, null, cancellation);

    /// <summary>Sends a template, unless it is there.</summary>
    internal Task SendTemplateAsync(Artifact template, CancellationToken cancellation) => store.PublishAsync(template.Key, Templates.Read(template.File), cancellation);

    /// <summary>Says what new clusters are made of, once all of it is there.</summary>
    internal async Task SaveAsync(PreparedArtifacts prepared, CancellationToken cancellation)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(prepared, ArtifactsJson.Default.PreparedArtifacts);
        var seen = await store.StatAsync(PreparedArtifacts.Key, cancellation).ConfigureAwait(false);
        var saved = seen is { } there
            ? await store.ReplaceAsync(PreparedArtifacts.Key, there, content, cancellation).ConfigureAwait(false)
            : await store.PublishAsync(PreparedArtifacts.Key, content, cancellation).ConfigureAwait(false);
        if (!saved) throw new StorageException($"s3://{bucket}/{PreparedArtifacts.Key} was written by somebody else meanwhile; run 'eyeslots cluster prepare' again.");
    }

    /// <summary>Deletes every object.</summary>
    internal Task EmptyAsync(CancellationToken cancellation) =>
        Parallel.ForEachAsync(store.ListAsync("", cancellation), cancellation, async (file, token) => await store.DeleteAsync(file.Key, token).ConfigureAwait(false));
}
