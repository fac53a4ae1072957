using System.Text.Json;
using System.Text.Json.Serialization;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Manifests;

namespace EyeSlots.Reporting.Datasets;

/// <summary>Faces whose crops look the same.</summary>
/// <param name="Faces">At least two.</param>
/// <param name="AcrossLists">Whether they are from more than one list.</param>
public sealed record DuplicateFaces(IReadOnlyList<FaceKey> Faces, bool AcrossLists);

/// <summary>What a search for near-equal faces found, as <c>eyeslots duplicates --json</c> printed it.</summary>
/// <param name="Dataset">The dataset that was searched.</param>
/// <param name="Generation">Its generation.</param>
/// <param name="Distance">Bits of 128 in which hashes of near-equal crops may differ.</param>
/// <param name="Faces">Faces that were compared.</param>
/// <param name="Groups">What looks the same, across lists first.</param>
public sealed record DuplicateFindings(string Dataset, int Generation, int Distance, long Faces, IReadOnlyList<DuplicateFaces> Groups)
{
    /// <summary>Room for half a million faces in groups.</summary>
    public const long MostBytes = 64L << 20;

    /// <summary>Reads what the command printed, which may be anybody's, and checks that it speaks of a generation.</summary>
    /// <param name="bytes">At most <see cref="MostBytes"/>.</param>
    /// <param name="name">Names the file in errors.</param>
    /// <param name="manifest">The generation.</param>
    /// <exception cref="EyeSlotsException">It is something else, or of another generation: usage.</exception>
    public static DuplicateFindings Parse(ReadOnlySpan<byte> bytes, string name, Manifest manifest)
    {
        var findings = Read(bytes, name);
        if ((findings.Dataset, findings.Generation) != (manifest.Dataset, manifest.Generation))
        {
            throw new EyeSlotsException(ErrorCodes.Usage,
                $"{name} speaks of generation {findings.Generation} of '{findings.Dataset}', and the page of generation {manifest.Generation} of '{manifest.Dataset}'. " +
                $"Search this one: eyeslots duplicates --out ROOT --generation {manifest.Generation} --json > FILE");
        }

        return findings.Defect() is { } defect ? throw Refused(name, defect) : findings;
    }

    private static DuplicateFindings Read(ReadOnlySpan<byte> bytes, string name)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, DuplicateJson.Default.DuplicateFindings) ?? throw Refused(name, "it is empty");
        }
        catch (JsonException error)
        {
            throw Refused(name, error.Message, error);
        }
    }

    private string? Defect()
    {
        if (Distance < 0 || Faces < 0) return "it has a negative number";
        foreach (var group in Groups)
        {
            if (group is not { Faces.Count: > 1 }) return "a group of it has fewer than two faces";
            if (!group.Faces.All(face => AnnotationList.IsName(face.List) && face.ImagePath is not null)) return "a face of it has no list or no path";
            if (group.AcrossLists != group.Faces.Any(face => face.List != group.Faces[0].List)) return "a group of it says something else of its lists than its faces do";
        }

        return Groups.Sum(group => (long)group.Faces.Count) <= Faces ? null : "it has more faces in groups than were compared";
    }

    private static EyeSlotsException Refused(string name, string why, Exception? inner = null) =>
        new(ErrorCodes.Usage, $"{name} is not what eyeslots duplicates --json prints: {why.TrimEnd('.')}.", inner);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, AllowDuplicateProperties = false, MaxDepth = 8)]
[JsonSerializable(typeof(DuplicateFindings))]
internal sealed partial class DuplicateJson : JsonSerializerContext;
