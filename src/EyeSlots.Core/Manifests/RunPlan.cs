using System.Text.Json;
using EyeSlots.Core.Storage;

namespace EyeSlots.Core.Manifests;

/// <summary>What a running job may name, so that gc beside it deletes nothing it needs.</summary>
/// <param name="Dataset">The job's dataset.</param>
/// <param name="StartedFrom">The newest generation when it began, 0 when there was none.</param>
/// <param name="Fingerprints">Every name that a shard of its plan may have.</param>
internal sealed record RunPlan(string Dataset, int StartedFrom, IReadOnlyList<string> Fingerprints)
{
    /// <summary>Room for three million shards.</summary>
    private const long MostBytes = 256L << 20;

    /// <summary>The file's bytes.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, ManifestJson.Default.RunPlan);

    /// <summary>The plans of runs that may still be at work, by key. Files that are no run's are passed over.</summary>
    /// <exception cref="EyeSlotsException">One cannot be read, so it may name anything: dataset-damaged.</exception>
    public static async Task<Dictionary<string, RunPlan>> FindAllAsync(IObjectStore root, DateTimeOffset now, CancellationToken cancellation)
    {
        Dictionary<string, RunPlan> plans = [];
        var buffer = new ByteBuffer();
        await foreach (var file in root.ListAsync(RunFiles.Folder, cancellation).ConfigureAwait(false))
        {
            if (RunFiles.KindOf(file.Key, out _) != RunFileKind.Plan || now - file.Modified > RunFiles.Lifetime) continue;
            var outcome = await root.ReadAsync(file.Key, null, buffer, MostBytes, cancellation).ConfigureAwait(false);
            if (outcome == ReadOutcome.Missing) continue;
            plans.Add(file.Key, outcome == ReadOutcome.Read ? Parse(file.Key, buffer.Span) : throw Unreadable(file.Key, outcome.ToString()));
        }

        return plans;
    }

    private static RunPlan Parse(string key, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return ManifestCheck.Check(JsonSerializer.Deserialize(bytes, ManifestJson.Default.RunPlan) ?? throw new JsonException("It is empty."));
        }
        catch (JsonException error)
        {
            throw Unreadable(key, error.Message, error);
        }
    }

    private static EyeSlotsException Unreadable(string key, string why, Exception? inner = null) =>
        new(ErrorCodes.DatasetDamaged, $"{key} is no plan of a run; remove it if no job is running. {why}", inner);
}
