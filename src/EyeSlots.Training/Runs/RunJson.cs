using System.Text.Json;
using System.Text.Json.Serialization;

namespace EyeSlots.Training.Runs;

/// <summary>The files of a run.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, AllowDuplicateProperties = false, MaxDepth = 16)]
[JsonSerializable(typeof(RunConfig))]
[JsonSerializable(typeof(EpochMetrics))]
[JsonSerializable(typeof(LeakReport))]
[JsonSerializable(typeof(RunProgress))]
internal sealed partial class RunJson : JsonSerializerContext
{
    /// <summary>An object a line.</summary>
    public static RunJson Line => field ??= new(new JsonSerializerOptions(Default.GeneratedSerializerOptions!) { WriteIndented = false });
}
