using System.Globalization;
using EyeSlots.Core.Planning;

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

    /// <summary>Reads a footer's entries.</summary>
    /// <exception cref="FormatException">One is missing or no number, or the file is of another version.</exception>
    internal static ShardMetadata From(IReadOnlyDictionary<string, string> entries)
    {
        var schema = Number(entries, "schema_version");
        if (schema != FormatVersions.Schema)
        {
            throw new FormatException($"it is of schema version {schema}, and this program reads {FormatVersions.Schema}: run preprocess again, or read it with the release that wrote it");
        }

        return new(
            schema, Number(entries, "pixel_version"), Text(entries, "parameters"), Text(entries, "fingerprint"),
            Number(entries, "rows"), Number(entries, "rejected_rows"), Text(entries, "quarantine_sha256"));
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(IReadOnlyDictionary<string, string> entries, string name) =>
        entries.TryGetValue(Prefix + name, out var value) ? value : throw new FormatException($"its footer lacks {Prefix}{name}");

    private static int Number(IReadOnlyDictionary<string, string> entries, string name) =>
        int.TryParse(Text(entries, name), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new FormatException($"its footer's {Prefix}{name} is no number");
}
