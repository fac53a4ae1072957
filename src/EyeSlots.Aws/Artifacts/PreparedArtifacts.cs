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
    /// <exception cref="EyeSlotsException">artifact-missing: which was never uploaded.</exception>
    public IReadOnlyList<Artifact> OfCluster() => [Required(Artifact.Program), Required(Artifact.Spark), Required(Artifact.Jre)];

    /// <summary>What a trainer fetches: the program and what trains.</summary>
    /// <exception cref="EyeSlotsException">artifact-missing: which was never uploaded.</exception>
    public IReadOnlyList<Artifact> OfTrainer() => [Required(Artifact.Program), Required(Artifact.LibTorch)];

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

    private Artifact Required(string file) => Find(file) ?? throw new EyeSlotsException(ErrorCodes.ArtifactMissing, $"{file} was never uploaded; run 'eyeslots cluster prepare{OptionOf(file)}'.");

    private string? HashOf(string file) => file switch
    {
        Artifact.Program => ProgramSha256,
        Artifact.Spark => SparkSha256,
        Artifact.Jre => JreSha256,
        Artifact.LibTorch => LibTorchSha256,
        _ => null,
    };

    /// <summary>How the command line names what an archive is made of.</summary>
    internal static string OptionOf(string file) => file switch
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
