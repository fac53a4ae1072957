using System.Text.Json;
using System.Text.Json.Serialization;
using EyeSlots.Core;
using EyeSlots.Core.Storage;

namespace EyeSlots.Aws.Artifacts;

/// <summary>What <c>cluster prepare</c> uploaded last, and what new clusters are made of: <c>artifacts/prepared.json</c>, with hashes in small hexadecimal digits.</summary>
public sealed record PreparedArtifacts
{
    internal const string Key = Artifact.Folder + "prepared.json";
    internal const int MostBytes = 1 << 16;
    private static readonly string[] Cluster = [Artifact.Program, Artifact.Spark, Artifact.Jre], Trainer = [Artifact.Program, Artifact.LibTorch];

    /// <summary>The version of this program that was uploaded.</summary>
    public required string Version { get; init; }

    /// <summary>The SHA-256 of this program's archive.</summary>
    public string? ProgramSha256 { get; init; }

    /// <summary>That of Spark's; null while none was uploaded.</summary>
    public string? SparkSha256 { get; init; }

    /// <summary>That of the Java runtime's; null while none was uploaded.</summary>
    public string? JreSha256 { get; init; }

    /// <summary>That of the trainer's; null while none was uploaded.</summary>
    public string? LibTorchSha256 { get; init; }

    /// <summary>What a cluster fetches: program, Spark and Java.</summary>
    /// <exception cref="EyeSlotsException">artifact-missing: which were never uploaded.</exception>
    public IReadOnlyList<Artifact> OfCluster() => Required(Cluster);

    /// <summary>What a trainer fetches: the program and what trains.</summary>
    /// <exception cref="EyeSlotsException">artifact-missing: which were never uploaded.</exception>
    public IReadOnlyList<Artifact> OfTrainer() => Required(Trainer);

    /// <summary>The line that gives a cluster what it still lacks; null where it lacks nothing.</summary>
    internal string? NextLine => Cluster.Where(file => Find(file) is null).ToList() is { Count: > 0 } missing ? LineOf(missing) : null;

    /// <summary>The same with another archive in its place.</summary>
    internal PreparedArtifacts With(Artifact artifact) => artifact.File switch
    {
        Artifact.Program => this with { ProgramSha256 = artifact.Sha256 },
        Artifact.Spark => this with { SparkSha256 = artifact.Sha256 },
        Artifact.Jre => this with { JreSha256 = artifact.Sha256 },
        Artifact.LibTorch => this with { LibTorchSha256 = artifact.Sha256 },
        _ => throw new ArgumentException($"{artifact.File} is no archive.", nameof(artifact)),
    };

    /// <summary>The archive of a name, or null where none was uploaded.</summary>
    internal Artifact? Find(string file) => HashOf(file) is { } sha256 ? new(file, sha256) : null;

    /// <summary>Reads the file.</summary>
    /// <exception cref="StorageException">It is damaged.</exception>
    internal static PreparedArtifacts Parse(ReadOnlySpan<byte> file)
    {
        try
        {
            var read = JsonSerializer.Deserialize(file, ArtifactsJson.Default.PreparedArtifacts) ?? throw new JsonException("it is empty");
            foreach (var name in (string[])[Artifact.Program, Artifact.Spark, Artifact.Jre, Artifact.LibTorch]) _ = read.Find(name);
            return read;
        }
        catch (Exception error) when (error is JsonException or EyeSlotsException)
        {
            throw new StorageException($"{Key} of the artifact bucket is damaged ({error.Message}); run 'eyeslots cluster prepare' again.", error);
        }
    }

    private IReadOnlyList<Artifact> Required(string[] files)
    {
        var missing = files.Where(file => Find(file) is null).ToList();
        if (missing.Count == 0) return [.. files.Select(file => Find(file)!.Value)];
        throw new EyeSlotsException(ErrorCodes.ArtifactMissing, $"{string.Join(" and ", missing)} {(missing.Count > 1 ? "were" : "was")} never uploaded; run '{LineOf(missing)}'.");
    }

    private string? HashOf(string file) => file switch
    {
        Artifact.Program => ProgramSha256,
        Artifact.Spark => SparkSha256,
        Artifact.Jre => JreSha256,
        Artifact.LibTorch => LibTorchSha256,
        _ => null,
    };

    /// <summary>The line that uploads archives.</summary>
    internal static string LineOf(IEnumerable<string> files) => string.Concat(files.Select(OptionOf).Prepend("eyeslots cluster prepare"));

    // How the command line names what an archive is made of.
    private static string OptionOf(string file) => file switch
    {
        Artifact.Spark => " --spark FILE",
        Artifact.Jre => " --jre FILE",
        Artifact.LibTorch => " --libtorch FOLDER",
        _ => "",
    };
}

/// <summary>Files of the artifact bucket.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PreparedArtifacts))]
internal sealed partial class ArtifactsJson : JsonSerializerContext;
