using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using EyeSlots.Core.Storage;

namespace EyeSlots.Aws.Nodes;

/// <summary>A file of a mirrored folder, by its path below it and its content.</summary>
internal sealed record MirrorFile(string Path, long Size, string Sha256);

/// <summary>
/// What a mirrored folder held at one moment: <c>mirror.json</c>. Contents lie beside it under their hashes, and it is written after them in
/// one step, so whenever a machine vanishes there is one whole moment to go on from.
/// </summary>
/// <param name="Files">The files, by path.</param>
internal sealed partial record MirrorList(IReadOnlyList<MirrorFile> Files)
{
    public const string Key = "mirror.json", Contents = "files/";
    public const int MostBytes = 1 << 20, MostFiles = 2000;

    /// <summary>Where a content lies.</summary>
    public static string KeyOf(string sha256) => Contents + sha256;

    /// <summary>Whether a path is one that is mirrored: below the folder, of letters that the trainer gives its files.</summary>
    public static bool IsName(string path) => Name().IsMatch(path) && !path.Split('/').Any(part => part is "" or "." or "..");

    /// <summary>The file's bytes.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, MirrorJson.Default.MirrorList);

    /// <summary>Reads the file. Whoever may write it may not write outside the folder.</summary>
    /// <exception cref="StorageException">It is damaged.</exception>
    public static MirrorList Parse(ReadOnlySpan<byte> file)
    {
        try
        {
            if (JsonSerializer.Deserialize(file, MirrorJson.Default.MirrorList) is { } list && list.Files.Count <= MostFiles && list.Files.All(IsSafe)) return list;
        }
        catch (JsonException)
        {
            // Told like one that names other files.
        }

        throw new StorageException($"{Key} of the run is damaged; name another folder for the run, or delete it.");
    }

    private static bool IsSafe(MirrorFile file) =>
        file.Size >= 0 && Hash().IsMatch(file.Sha256) && IsName(file.Path);

    [GeneratedRegex(@"^[0-9a-f]{64}\z")]
    private static partial Regex Hash();

    [GeneratedRegex(@"^[A-Za-z0-9._/-]{1,300}\z")]
    private static partial Regex Name();
}

/// <summary>The file's form.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, AllowDuplicateProperties = false, MaxDepth = 8)]
[JsonSerializable(typeof(MirrorList))]
internal sealed partial class MirrorJson : JsonSerializerContext;
