using System.Text.Json.Serialization;

namespace EyeSlots.Aws.Costs;

/// <summary>The price file as it stands.</summary>
internal sealed record PriceFileJson(
    string Region, IReadOnlyList<string> MasterTypes, IReadOnlyList<string> WorkerTypes, IReadOnlyList<string> TrainerTypes,
    Dictionary<string, string> Sources, IReadOnlyList<FigureJson> Figures);

/// <summary>A line of it.</summary>
internal sealed record FigureJson(string Name, double Value, string Unit, string Date, string Source, bool Believed = false);

/// <summary>Reads the price file, strictly: a line that is mistyped must not be a price of nothing.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(PriceFileJson))]
internal sealed partial class CostsJson : JsonSerializerContext;
