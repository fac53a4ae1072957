using System.Security.Cryptography;
using Apache.Arrow;
using EyeSlots.Spark.Connect.Artifacts;
using EyeSlots.Spark.Connect.Protocol;
using EyeSlots.Spark.Connect.Transport;
using EyeSlots.Spark.Connect.Values;
using Google.Protobuf;

namespace EyeSlots.Spark.Connect.Plans;

/// <summary>Rows of this process. Few travel inside the plan; many are uploaded once and named by their hash, so no message limit is met.</summary>
internal sealed class LocalPlan(Schema schema, ReadOnlyMemory<byte> stream) : LogicalPlan
{
    private Relation? built;

    public override async ValueTask<Relation> BuildAsync(SparkConnectClient client, CancellationToken cancellation) =>
        built ??= stream.Length > client.Options.CacheThreshold
            ? await UploadAsync(client, cancellation).ConfigureAwait(false)
            : new() { LocalRelation = Local() };

    public override ValueTask<Schema> SchemaAsync(SparkConnectClient client, CancellationToken cancellation) => new(schema);

    private LocalRelation Local() => new() { Data = UnsafeByteOperations.UnsafeWrap(stream) };

    private async Task<Relation> UploadAsync(SparkConnectClient client, CancellationToken cancellation)
    {
        var content = Local().ToByteArray();
        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        await new ArtifactUpload(client).AddAsync($"cache/{hash}", content, cancellation).ConfigureAwait(false);
        return new() { CachedLocalRelation = new() { Hash = hash } };
    }
}
