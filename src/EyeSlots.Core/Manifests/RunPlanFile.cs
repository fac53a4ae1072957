using System.Globalization;
using System.Text.Json;
using EyeSlots.Core.Storage;

namespace EyeSlots.Core.Manifests;

/// <summary>What a running job names, so that gc beside it deletes nothing it needs.</summary>
/// <param name="Dataset">The job's dataset.</param>
/// <param name="StartedFrom">The newest generation when it began, 0 when there was none.</param>
/// <param name="Fingerprints">Every slice of its plan.</param>
internal sealed record RunPlan(string Dataset, int StartedFrom, IReadOnlyList<string> Fingerprints);

/// <summary>
/// The file <c>plans/RUN.json</c>: written before a run looks at what to keep, removed at its end. Beside it may lie
/// <c>plans/RUN.NUMBER.slices</c>, what the run's engine wrote for executors, which are needed as long as the plan is.
/// </summary>
public static class RunPlanFile
{
    /// <summary>The folder of all plans.</summary>
    public const string Folder = "plans/";

    /// <summary>Older plans belong to runs that died.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    private const string Slices = ".slices";
    private const long MostBytes = 1L << 30;

    /// <summary>Writes the plan of a run.</summary>
    /// <param name="root">The dataset root.</param>
    /// <param name="run">Unique among all runs.</param>
    /// <param name="dataset">The job's dataset.</param>
    /// <param name="startedFrom">The newest generation when it began, 0 when there was none.</param>
    /// <param name="fingerprints">Every slice of its plan.</param>
    /// <param name="cancellation">Gives up.</param>
    public static Task WriteAsync(
        IObjectStore root, string run, string dataset, int startedFrom, IReadOnlyList<string> fingerprints, CancellationToken cancellation) =>
        root.PublishAsync(Key(run), JsonSerializer.SerializeToUtf8Bytes(new(dataset, startedFrom, fingerprints), ManifestJson.Default.RunPlan), cancellation);

    /// <summary>Where an engine puts slices that executors shall fetch.</summary>
    /// <param name="run">The run, as in <see cref="WriteAsync"/>.</param>
    /// <param name="number">Which slices of it.</param>
    public static string SlicesKey(string run, int number) => string.Create(CultureInfo.InvariantCulture, $"{Folder}{run}.{number}{Slices}");

    /// <summary>Removes the plan of a run that has ended.</summary>
    public static Task RemoveAsync(IObjectStore root, string run) => root.DeleteAsync(Key(run));

    /// <summary>
    /// The plans of jobs that may be running, by key. A job that started from an older generation than the newest of its dataset can
    /// only end as superseded or with that generation's own shards: its plan protects nothing any more.
    /// </summary>
    internal static async Task<Dictionary<string, RunPlan>> LiveAsync(
        IObjectStore root, DateTimeOffset now, IReadOnlyDictionary<string, int> newest, CancellationToken cancellation)
    {
        Dictionary<string, RunPlan> live = [];
        var buffer = new ByteBuffer();
        await foreach (var file in root.ListAsync(Folder, cancellation).ConfigureAwait(false))
        {
            if (!IsPlan(file.Key) || now - file.Modified > Lifetime) continue;
            if (await root.ReadAsync(file.Key, null, buffer, MostBytes, cancellation).ConfigureAwait(false) != ReadOutcome.Read) continue;
            var plan = Parse(file.Key, buffer.Span);
            if (newest.GetValueOrDefault(plan.Dataset) <= plan.StartedFrom) live.Add(file.Key, plan);
        }

        return live;
    }

    /// <summary>Whether a key names a plan, and not a temporary file.</summary>
    internal static bool IsPlan(string key) => key.StartsWith(Folder, StringComparison.Ordinal) && key.EndsWith(".json", StringComparison.Ordinal);

    /// <summary>The key of the plan to which slices belong, or null for another key.</summary>
    internal static string? PlanOfSlices(string key)
    {
        if (!key.StartsWith(Folder, StringComparison.Ordinal) || !key.EndsWith(Slices, StringComparison.Ordinal)) return null;
        var run = key[Folder.Length..^Slices.Length];
        return run.LastIndexOf('.') is > 0 and var end ? Key(run[..end]) : null;
    }

    // A plan that cannot be read may name anything, so nothing may be removed.
    private static RunPlan Parse(string key, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, ManifestJson.Default.RunPlan) ?? throw new JsonException("It is empty.");
        }
        catch (JsonException error)
        {
            throw new EyeSlotsException(ErrorCodes.DatasetDamaged, $"{key} is no plan of a run; remove it if no job is running. {error.Message}", error);
        }
    }

    private static string Key(string run) => $"{Folder}{run}.json";
}
