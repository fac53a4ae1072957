using System.Text.Json.Serialization;
using EyeSlots.Core;
using EyeSlots.Core.Planning;

namespace EyeSlots.Spark.Contract;

/// <summary>
/// What an executor needs to know to make shards, besides the slices: the same for all tasks of a run. It travels as JSON in
/// every task's command, which Spark shows and logs, so nothing secret has a place in it.
/// </summary>
public sealed record RemoteJob
{
    /// <summary>What the driver speaks.</summary>
    [JsonRequired]
    public int Contract { get; init; } = ContractVersion.Current;

    /// <summary>The image root: a folder that all executors share, or an S3 prefix.</summary>
    public required string Images { get; init; }

    /// <summary>The dataset root, likewise.</summary>
    public required string Output { get; init; }

    /// <summary>What decides the bytes.</summary>
    public required JobParameters Parameters { get; init; }

    /// <summary>A differing published shard is an error even where it is damaged.</summary>
    public bool Force { get; init; }

    /// <summary>Images are read whole, instead of first what a slot is likely to need.</summary>
    public bool WholeObjects { get; init; }

    /// <summary>Links that lead out of the image root are followed.</summary>
    public bool FollowLinks { get; init; }

    /// <summary>Most bytes for decoding one huge image, in each executor.</summary>
    public long MemoryBytes { get; init; } = MemoryLimit.DefaultBytes;

    /// <summary>Where S3 is.</summary>
    public RemoteStorage Storage { get; init; } = new();

    /// <summary>Checks what an executor was sent as the command line's options are checked; returns this.</summary>
    /// <exception cref="EyeSlotsException">usage: says which option, what it may be and what it is.</exception>
    public RemoteJob Validated()
    {
        Parameters.Validated();
        MemoryLimit.Check(MemoryBytes);
        return this;
    }
}

/// <summary>How executors reach S3; credentials are another matter.</summary>
/// <param name="S3Endpoint">A server that is not AWS, or null.</param>
/// <param name="S3Region">A region's system name; null leaves it to the executor's own settings.</param>
/// <param name="S3RequesterPays">Whether calls say that their sender pays for them.</param>
/// <param name="S3Connections">Most connections of an executor for reading; null leaves it to the executor's default.</param>
public sealed record RemoteStorage(string? S3Endpoint = null, string? S3Region = null, bool S3RequesterPays = false, int? S3Connections = null);

/// <summary>JSON of what travels to executors and back; generated, so that it works without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true, RespectNullableAnnotations = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(RemoteJob))]
[JsonSerializable(typeof(RemoteProbe))]
[JsonSerializable(typeof(ShardResult))]
public sealed partial class RemoteJson : JsonSerializerContext;
