using System.Globalization;

namespace EyeSlots.Core.Shards;

/// <summary>What a shard's footer says of it. Nothing else is there: no clock, host, attempt or program version.</summary>
/// <param name="Schema">Schema version.</param>
/// <param name="Pixel">Pixel version.</param>
/// <param name="Parameters">Canonical JSON of the parameters.</param>
/// <param name="Fingerprint">64 hexadecimal digits.</param>
/// <param name="Rows">Crops.</param>
/// <param name="Rejected">Rows of the quarantine file.</param>
/// <param name="QuarantineSha256">Hash of the quarantine file; empty when there is none.</param>
public sealed record ShardMetadata(int Schema, int Pixel, string Parameters, string Fingerprint, int Rows, int Rejected, string QuarantineSha256)
{
    private const string Prefix = "eyeslots.";

    internal Dictionary<string, string> ToEntries() => new()
    {
        [Prefix + "schema_version"] = Text(Schema),
        [Prefix + "pixel_version"] = Text(Pixel),
        [Prefix + "parameters"] = Parameters,
        [Prefix + "fingerprint"] = Fingerprint,
        [Prefix + "rows"] = Text(Rows),
        [Prefix + "rejected_rows"] = Text(Rejected),
        [Prefix + "quarantine_sha256"] = QuarantineSha256,
    };

    internal static ShardMetadata From(IReadOnlyDictionary<string, string> entries) => new(
        Number(entries, "schema_version"), Number(entries, "pixel_version"), entries[Prefix + "parameters"], entries[Prefix + "fingerprint"],
        Number(entries, "rows"), Number(entries, "rejected_rows"), entries[Prefix + "quarantine_sha256"]);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static int Number(IReadOnlyDictionary<string, string> entries, string name) => int.Parse(entries[Prefix + name], CultureInfo.InvariantCulture);
}
