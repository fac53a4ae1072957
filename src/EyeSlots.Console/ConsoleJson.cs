using System.Text.Json;
using System.Text.Json.Serialization;

namespace EyeSlots.Console;

/// <summary>What <c>--json</c> prints in every program; each program has a context of its own for the rest.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(FailureReport))]
[JsonSerializable(typeof(CheckReport))]
internal sealed partial class ConsoleJson : JsonSerializerContext;
