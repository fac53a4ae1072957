using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using EyeSlots.Core.Planning;

namespace EyeSlots.Core.Manifests;

/// <summary>The committed list of a dataset's shards: one generation. Two manifests are equal when their <see cref="Content"/> is.</summary>
/// <param name="Dataset">The dataset's name.</param>
/// <param name="Generation">1 and up.</param>
/// <param name="Content">What the generation holds.</param>
/// <param name="Run">How it came about; not compared.</param>
public sealed record Manifest(string Dataset, int Generation, ManifestContent Content, ManifestRun Run)
{
    /// <summary>The folder of all datasets.</summary>
    public const string Root = "manifests/";

    private const string Extension = ".json";

    /// <summary>The key of a generation.</summary>
    public static string Key(string dataset, int generation) => $"{Folder(dataset)}{generation:D8}{Extension}";

    /// <summary>The folder of a dataset's generations.</summary>
    public static string Folder(string dataset) => $"{Root}{dataset}/";

    /// <summary>Finds the dataset and the generation that a key names; false for whatever has another name, or lies deeper.</summary>
    internal static bool TryParseKey(string key, out string dataset, out int generation)
    {
        (dataset, generation) = ("", 0);
        if (!key.StartsWith(Root, StringComparison.Ordinal) || key.Split('/') is not [_, var folder, var name]) return false;
        dataset = folder;
        return int.TryParse(name.AsSpan(0, Math.Max(0, name.Length - Extension.Length)), NumberStyles.None, CultureInfo.InvariantCulture, out generation) &&
            generation > 0 && key == Key(dataset, generation);
    }

    /// <summary>The file's bytes.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, ManifestJson.Default.Manifest);

    /// <summary>Reads a file's bytes and checks the form of all that they say.</summary>
    /// <exception cref="JsonException">They are no manifest.</exception>
    public static Manifest Parse(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return ManifestCheck.Check(JsonSerializer.Deserialize(bytes, ManifestJson.Default.Manifest) ?? throw new JsonException("It is empty."));
        }
        catch (ArgumentException error)
        {
            throw new JsonException(error.Message, error); // so a JsonObject, the parameters, refuses a name that comes twice
        }
    }

    /// <summary>Whether both generations hold the same.</summary>
    public bool HasSameContent(Manifest other) => Content.ToBytes().AsSpan().SequenceEqual(other.Content.ToBytes());
}

/// <summary>What a generation holds.</summary>
/// <param name="Parameters">The job's parameters.</param>
/// <param name="Totals">Sums over the shards.</param>
/// <param name="Shards">In plan order.</param>
public sealed record ManifestContent(JsonObject Parameters, ManifestTotals Totals, IReadOnlyList<ShardResult> Shards)
{
    /// <summary>How the dataset's crops are encoded.</summary>
    /// <exception cref="EyeSlotsException">The parameters are not those of a job: dataset-damaged.</exception>
    public SlotFormat ReadFormat() => ReadParameters().Format;

    /// <summary>The parameters of the job that made it.</summary>
    /// <exception cref="EyeSlotsException">They are not those of a job: dataset-damaged.</exception>
    public JobParameters ReadParameters()
    {
        try
        {
            return ParameterText.Read(Parameters.ToJsonString());
        }
        catch (FormatException error)
        {
            throw new EyeSlotsException(ErrorCodes.DatasetDamaged, "The manifest's parameters are not those of a job.", error);
        }
    }

    /// <summary>SHA-256 of the content, hexadecimal: what names a generation whatever its number, and whenever it was committed.</summary>
    public string Sha256() => Convert.ToHexStringLower(SHA256.HashData(ToBytes()));

    /// <summary>The content as the manifest's file holds it.</summary>
    internal byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, ManifestJson.Default.ManifestContent);

    /// <summary>Builds the content of a run from its shards, in plan order.</summary>
    public static ManifestContent Of(JobParameters parameters, IReadOnlyList<ShardResult> shards) =>
        new(JsonNode.Parse(ParameterText.Of(parameters))!.AsObject(), ManifestTotals.Of(shards), shards);
}

/// <summary>Sums over a generation's shards.</summary>
public sealed record ManifestTotals(long Faces, long Rows, long Rejected, SortedDictionary<string, long> RejectedByCode, long Bytes)
{
    /// <summary>Adds the shards up.</summary>
    public static ManifestTotals Of(IReadOnlyList<ShardResult> shards)
    {
        var codes = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (code, count) in shards.SelectMany(shard => shard.RejectedByCode)) codes[code] = codes.GetValueOrDefault(code) + count;
        return new(
            shards.Sum(shard => (long)shard.Faces), shards.Sum(shard => (long)shard.Rows), shards.Sum(shard => (long)shard.Rejected), codes,
            shards.Sum(shard => shard.Bytes + shard.QuarantineBytes));
    }
}

/// <summary>How a generation came about.</summary>
/// <param name="Engine">The engine's name.</param>
/// <param name="ShardsMade">Shards that this run made.</param>
/// <param name="ShardsKept">Shards that were there already.</param>
/// <param name="Committed">When, in UTC.</param>
/// <param name="Seconds">From start to commit.</param>
/// <param name="Program">The program's version.</param>
public sealed record ManifestRun(string Engine, int ShardsMade, int ShardsKept, DateTimeOffset Committed, double Seconds, string Program);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, AllowDuplicateProperties = false, MaxDepth = 8)]
[JsonSerializable(typeof(Manifest))]
[JsonSerializable(typeof(RunPlan))]
[JsonSerializable(typeof(PinFile))]
internal sealed partial class ManifestJson : JsonSerializerContext;
