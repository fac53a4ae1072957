using EyeSlots.Training.Evaluation;
using EyeSlots.Training.Loading;
using EyeSlots.Training.Runs;
using Microsoft.Extensions.Logging;

namespace EyeSlots.Training.Comparison;

/// <summary>Puts runs beside each other on lists of a dataset.</summary>
/// <param name="models">The runs' best models; each is judged by itself.</param>
/// <param name="loader">How shards are read; the input is each model's own, and nothing is augmented.</param>
/// <param name="log">Told of faces that do not decode.</param>
public sealed class RunComparer(ModelSet models, LoaderOptions loader, ILogger log)
{
    /// <summary>Predicts all faces of a table by each run, and compares.</summary>
    /// <param name="faces">Labelled faces, of any dataset.</param>
    /// <param name="progress">Told how many faces were predicted so far, by all models together.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="Core.EyeSlotsException">
    /// dataset-damaged: a shard is gone or altered, or too many faces do not decode; diverged: a model predicts what is no number;
    /// checkpoint-damaged: a run lacks its configuration or the list of what it was trained on.
    /// </exception>
    public async Task<ComparisonReport> RunAsync(FaceTable faces, IProgress<long>? progress, CancellationToken cancellation = default)
    {
        RunConfig[] configurations = [.. models.Runs.Select(run => RunConfig.Load(RunFolder.ConfigOf(run)))];
        TrainedPaths[] trained = [.. models.Runs.Select(TrainedPaths.Load)];
        var judged = await Task.Run(() => new JudgedRuns(faces, new DatasetPredictor(models, loader, log).Run(faces, progress, cancellation)), cancellation).ConfigureAwait(false);
        var manifest = faces.Generation.Manifest;
        return new()
        {
            Dataset = manifest.Dataset, Generation = manifest.Generation, ContentSha256 = faces.Generation.ContentSha256, Lists = faces.Lists,
            Rows = judged.Faces, Unlabelled = faces.Unlabelled, Broken = faces.Count - judged.Faces, Images = judged.Images,
            Runs = [.. models.Models.Select((model, run) => Describe(model, run, judged, trained[run], faces))],
            Differences = [.. RunDifferences.Of(configurations)],
            Pairs = [.. Pairs(judged)],
        };
    }

    private static ComparedRun Describe(RunModel model, int run, JudgedRuns judged, TrainedPaths trained, FaceTable faces)
    {
        var outputs = judged.Metrics(run).Zip(judged.Intervals(run), ComparedOutput.Of);
        return new(
            model.Run, judged.ImagePaths.Count(trained.Contains), [.. model.OtherSlots(faces.Generation.Manifest.Content.Parameters)],
            judged.MeanCcc(run), outputs.Valence, outputs.Arousal);
    }

    private IEnumerable<ComparedPair> Pairs(JudgedRuns judged)
    {
        for (var first = 0; first < models.Runs.Count; first++)
        {
            for (var second = first + 1; second < models.Runs.Count; second++)
            {
                var difference = judged.CccDifference(first, second);
                yield return ComparedPair.Of(models.Runs[first], models.Runs[second], "valence", difference.Valence);
                yield return ComparedPair.Of(models.Runs[first], models.Runs[second], "arousal", difference.Arousal);
            }
        }
    }
}
