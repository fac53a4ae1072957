using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using EyeSlots.Core.Storage;
using EyeSlots.Training.Runs;

namespace EyeSlots.Training.Evaluation;

/// <summary>An evaluation: what was found, and what it was found from.</summary>
/// <param name="Report">The numbers.</param>
/// <param name="Predictions">Each face that was judged, in the order of the shards' rows.</param>
/// <param name="SeveralRuns">Whether there is a standard deviation.</param>
public sealed record EvaluationOutcome(EvaluationReport Report, IReadOnlyList<PredictionRow> Predictions, bool SeveralRuns)
{
    private const int LongestName = 150;

    /// <summary>Writes the predictions; CSV or Parquet by the file's name.</summary>
    public void WritePredictions(string path) => PredictionFile.Write(path, PredictionRow.Columns(SeveralRuns, withCodes: false), Predictions);

    /// <summary>
    /// Lays report and predictions into the folder of a run, named by dataset, generation and lists; what an evaluation of the same has left
    /// there is replaced.
    /// </summary>
    /// <returns>The report's path.</returns>
    public string Keep(string run)
    {
        var folder = RunFolder.EvaluationsOf(run);
        Directory.CreateDirectory(folder);
        var report = Path.Combine(folder, Name + ".json");
        WritePredictions(Path.Combine(folder, Name + ".csv"));
        DurableFiles.Write(report, stream => JsonSerializer.Serialize(stream, Report, EvaluationJson.Default.EvaluationReport));
        return report;
    }

    private string Name
    {
        get
        {
            var name = FormattableString.Invariant($"{Report.Dataset}-{Report.Generation}-{string.Join('+', Report.Lists)}");
            return name.Length <= LongestName ? name : name[..LongestName] + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..16];
        }
    }
}

/// <summary>The report as JSON, in a file and on stdout.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(EvaluationReport))]
[JsonSerializable(typeof(PredictionSummary))]
public sealed partial class EvaluationJson : JsonSerializerContext;
