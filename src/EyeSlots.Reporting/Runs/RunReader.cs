using System.Text.Json;
using EyeSlots.Core.Storage;

namespace EyeSlots.Reporting.Runs;

/// <summary>Reads a run's folder, file by file.</summary>
/// <param name="folder">The folder.</param>
internal sealed class RunReader(IObjectStore folder)
{
    private const string ConfigName = "config.json", MetricsName = "metrics.jsonl", LeaksName = "leaks.json", Evaluations = "evaluations/";
    private const int MostEvaluations = 8, MostEpochs = 10_000;
    private readonly RunFiles files = new(folder);

    /// <summary>Reads all of it.</summary>
    public async Task<RunRecord> ReadAsync(CancellationToken cancellation)
    {
        var bytes = await files.ReadAsync(ConfigName, cancellation).ConfigureAwait(false) ??
            throw new EyeSlotsException(ErrorCodes.Usage, $"{folder.Address} holds no run: there is no {ConfigName} in it.");
        var config = Checked(files.Parse(ConfigName, bytes.Span, RecordedJson.Default.RecordedConfig));
        var names = await files.ListAsync(Evaluations, ".json", cancellation).ConfigureAwait(false);
        return new(Path.GetFileName(folder.Address.ToString().TrimEnd('/')), config, OptionsOf(bytes))
        {
            Epochs = EpochsOf(await files.ReadAsync(MetricsName, cancellation).ConfigureAwait(false)), Leaks = await LeaksOfAsync(cancellation).ConfigureAwait(false),
            Judged = await EvaluationsOfAsync(names.Take(MostEvaluations), cancellation).ConfigureAwait(false), OtherEvaluations = Math.Max(0, names.Count - MostEvaluations),
        };
    }

    private RecordedConfig Checked(RecordedConfig config) =>
        config.Settings.Train.Concat(config.Settings.Validation).Any(list => list is null) ? throw files.Damaged(ConfigName, "a list has no name") : config;

    private Configuration OptionsOf(ReadOnlyMemory<byte> config)
    {
        try
        {
            return Configuration.Of(files.Parse(ConfigName, config.Span, RecordedJson.Default.JsonElement));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw files.Damaged(ConfigName, error.Message.TrimEnd('.'), error);
        }
    }

    private List<RecordedEpoch> EpochsOf(ReadOnlyMemory<byte>? lines)
    {
        List<RecordedEpoch> epochs = [];
        var rest = lines ?? ReadOnlyMemory<byte>.Empty;
        while (!rest.IsEmpty)
        {
            var end = rest.Span.IndexOf((byte)'\n') is >= 0 and var at ? at : rest.Length;
            var place = FormattableString.Invariant($"{MetricsName} (line {epochs.Count + 1})");
            epochs.Add(files.Parse(place, rest.Span[..end], RecordedJson.Default.RecordedEpoch));
            if (epochs[^1].Epoch != epochs.Count || epochs.Count > MostEpochs) throw files.Damaged(place, $"it is of epoch {epochs[^1].Epoch}");
            rest = rest[Math.Min(end + 1, rest.Length)..];
        }

        return epochs;
    }

    private async Task<RecordedLeaks?> LeaksOfAsync(CancellationToken cancellation)
    {
        var leaks = await files.ReadAsync(LeaksName, RecordedJson.Default.RecordedLeaks, cancellation).ConfigureAwait(false);
        return leaks?.FirstPaths.Concat(leaks.FirstCrops).Any(text => text is null) == true ? throw files.Damaged(LeaksName, "a path is null") : leaks;
    }

    private async Task<IReadOnlyList<EvaluationRecord>> EvaluationsOfAsync(IEnumerable<string> names, CancellationToken cancellation)
    {
        List<EvaluationRecord> judged = [];
        foreach (var name in names)
        {
            var numbers = await files.ReadAsync(name, RecordedJson.Default.RecordedEvaluation, cancellation).ConfigureAwait(false) ?? throw files.Damaged(name, "it is gone");
            if (numbers.Fault() is { } fault) throw files.Damaged(name, fault);
            judged.Add(new(numbers, await new PredictionReader(files).ReadAsync(Path.ChangeExtension(name, ".csv"), numbers.Rows, cancellation).ConfigureAwait(false)));
        }

        return judged;
    }
}
