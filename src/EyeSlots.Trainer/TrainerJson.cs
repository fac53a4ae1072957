using System.Text.Json;
using System.Text.Json.Serialization;
using EyeSlots.Trainer.Commands;
using EyeSlots.Training.Export;
using EyeSlots.Training.Runs;

namespace EyeSlots.Trainer;

/// <summary>What <c>--json</c> prints of this program's commands.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RunSummary))]
[JsonSerializable(typeof(AugmentationReport))]
[JsonSerializable(typeof(ExportSummary))]
internal sealed partial class TrainerJson : JsonSerializerContext;
