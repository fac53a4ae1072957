using System.Text.Json;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;

namespace EyeSlots.Core.Manifests;

/// <summary>
/// The text of a manifest or a plan may come from anybody: names become keys and counts are added up, so each has its form and its limit
/// before anything uses it. Whether it says the truth of the shards is for <see cref="DatasetVerifier"/> to find.
/// </summary>
internal static class ManifestCheck
{
    private const int HashDigits = 64;

    /// <summary>Checks the form of all that a manifest holds.</summary>
    /// <exception cref="JsonException">It has another form.</exception>
    public static Manifest Check(Manifest manifest)
    {
        Demand(AnnotationList.IsName(manifest.Dataset), $"'{manifest.Dataset}' is no name of a dataset");
        Demand(manifest.Generation >= 0, $"there is no generation {manifest.Generation}");
        Demand(manifest.Run is { ShardsMade: >= 0, ShardsKept: >= 0 }, "its run has a negative count");
        HashSet<string> fingerprints = new(StringComparer.Ordinal);
        foreach (var shard in manifest.Content.Shards)
        {
            Check(shard);
            Demand(fingerprints.Add(shard.Fingerprint), $"it names the shard {shard.Fingerprint} twice");
        }

        Check(manifest.Content.Totals);
        return manifest;
    }

    /// <summary>Checks the form of all that a run's plan holds.</summary>
    /// <exception cref="JsonException">It has another form.</exception>
    public static RunPlan Check(RunPlan plan)
    {
        Demand(AnnotationList.IsName(plan.Dataset), $"'{plan.Dataset}' is no name of a dataset");
        Demand(plan.StartedFrom >= 0, $"there is no generation {plan.StartedFrom}");
        foreach (var fingerprint in plan.Fingerprints) Demand(IsHash(fingerprint), $"'{fingerprint}' is no fingerprint");
        return plan;
    }

    /// <summary>Whether a text is the hexadecimal form of a SHA-256, as our files write it.</summary>
    public static bool IsHash(string? text) => text is { Length: HashDigits } && !text.AsSpan().ContainsAnyExcept("0123456789abcdef");

    private static void Check(ShardResult shard)
    {
        Demand(shard is not null && IsHash(shard.Fingerprint), $"'{shard?.Fingerprint}' is no fingerprint");
        void Holds(bool holds, string what) => Demand(holds, $"the shard {shard.Fingerprint} has {what}");
        Holds(AnnotationList.IsName(shard!.List), $"a list that is called '{shard.List}'");
        Holds(shard is { Faces: >= 0, Rows: >= 0, Rejected: >= 0 }, "a negative count");
        Holds(shard.Bytes is > 0 and <= PublishedFile.MostBytes, $"{shard.Bytes} bytes");
        Holds(shard.QuarantineBytes is >= 0 and <= PublishedFile.MostBytes, $"a quarantine file of {shard.QuarantineBytes} bytes");
        Holds(IsHash(shard.Sha256) && IsHash(shard.FaceKeysSha256), "a hash of another form");
        Holds(shard.Rejected > 0 ? IsHash(shard.QuarantineSha256) : shard is { QuarantineSha256: "", QuarantineBytes: 0 }, "a quarantine file that does not fit its count");
        foreach (var (code, count) in shard.RejectedByCode) Holds(RejectCodes.TryParse(code, out _) && count > 0, $"{count} faces rejected as '{code}'");
    }

    private static void Check(ManifestTotals totals)
    {
        Demand(totals is { Faces: >= 0, Rows: >= 0, Rejected: >= 0, Bytes: >= 0 }, "its totals have a negative count");
        foreach (var (code, count) in totals.RejectedByCode) Demand(RejectCodes.TryParse(code, out _) && count >= 0, $"its totals have {count} faces rejected as '{code}'");
    }

    private static void Demand(bool holds, string what)
    {
        if (!holds) throw new JsonException($"{what}.");
    }
}
