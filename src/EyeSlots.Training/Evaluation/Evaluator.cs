using EyeSlots.Core;
using EyeSlots.Training.Loading;
using EyeSlots.Training.Metrics;
using EyeSlots.Training.Metrics.Baselines;
using EyeSlots.Training.Runs;
using Microsoft.Extensions.Logging;

namespace EyeSlots.Training.Evaluation;

/// <summary>Judges models on lists of a dataset, beside the floors of the first model's run.</summary>
/// <param name="models">Their predictions are averaged.</param>
/// <param name="loader">How shards are read; the input is the model's own, and nothing is augmented.</param>
/// <param name="log">Told of faces that do not decode.</param>
public sealed class Evaluator(ModelSet models, LoaderOptions loader, ILogger log)
{
    /// <summary>Predicts all faces of a table and judges the predictions.</summary>
    /// <param name="faces">Labelled faces, of any dataset.</param>
    /// <param name="progress">Told how many faces were predicted so far, by all models together.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="EyeSlotsException">
    /// dataset-damaged: a shard is gone or altered, or too many faces do not decode; diverged: a model predicts what is no number;
    /// checkpoint-damaged: a run lacks its floors or the list of what it was trained on.
    /// </exception>
    public async Task<EvaluationOutcome> RunAsync(FaceTable faces, IProgress<long>? progress, CancellationToken cancellation = default)
    {
        var floors = Floors.Load(RunFolder.FloorsOf(models.Runs[0]));
        TrainedPaths[] trained = [.. models.Runs.Select(TrainedPaths.Load)];
        var predicted = await Task.Run(() => new DatasetPredictor(models, loader, log).Run(faces, progress, cancellation), cancellation).ConfigureAwait(false);
        var beside = await floors.PredictAsync(faces, new(loader, log), cancellation).ConfigureAwait(false);
        var judged = new JudgedFaces(faces, predicted);
        var outputs = judged.Outputs(beside);
        var report = new EvaluationReport
        {
            Runs = models.Runs, Dataset = faces.Generation.Manifest.Dataset, Generation = faces.Generation.Manifest.Generation,
            ContentSha256 = faces.Generation.ContentSha256, Lists = faces.Lists,
            Rows = judged.Count, Unlabelled = faces.Unlabelled, Broken = faces.Count - judged.Count,
            Images = judged.Images.Images, TrainedImages = judged.ImagePaths.Count(path => trained.Any(run => run.Contains(path))),
            OtherSlots = [.. models.Models.SelectMany(model => model.OtherSlots(faces.Generation.Manifest.Content.Parameters)).Distinct().Order(StringComparer.Ordinal)],
            MeanCcc = (outputs.Valence.Ccc + outputs.Arousal.Ccc) / 2, Valence = outputs.Valence, Arousal = outputs.Arousal,
            ByExpression = judged.ByExpression(), ByList = judged.ByList(), Grid = judged.Grid(),
        };
        return new(report, [.. Rows(faces, predicted)], models.IsSeveral);
    }

    private static IEnumerable<PredictionRow> Rows(FaceTable faces, Ensemble predicted)
    {
        for (var face = 0; face < faces.Count; face++)
        {
            if (!predicted.Has(face)) continue;
            var labels = faces.Labels[face];
            yield return new(faces.Keys[face], labels.Valence, labels.Arousal, predicted.MeanOf(face), predicted.DeviationOf(face), null);
        }
    }
}
