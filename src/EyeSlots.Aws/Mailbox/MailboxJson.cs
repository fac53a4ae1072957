using System.Text.Json.Serialization;

namespace EyeSlots.Aws.Mailbox;

/// <summary>The files of the mailbox.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, MaxDepth = 32)]
[JsonSerializable(typeof(ClusterStatus))]
[JsonSerializable(typeof(JobResult))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class MailboxJson : JsonSerializerContext;
