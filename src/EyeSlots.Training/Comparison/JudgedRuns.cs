using EyeSlots.Training.Evaluation;
using EyeSlots.Training.Loading;
using EyeSlots.Training.Metrics;
using EyeSlots.Training.Metrics.Baselines;

namespace EyeSlots.Training.Comparison;

/// <summary>
/// Several runs judged on the same faces and the same resamples of their images: what one run's number differs by from another's does not
/// vary with which faces happened to be easy.
/// </summary>
internal sealed class JudgedRuns
{
    private readonly Outputs<OutputMetrics>[] metrics;
    private readonly Outputs<OutputMetrics[]>[] resampled;

    /// <summary>Takes the faces that every run has predicted.</summary>
    /// <param name="table">The faces.</param>
    /// <param name="predicted">The runs' predictions of them.</param>
    public JudgedRuns(FaceTable table, Ensemble predicted)
    {
        int[] faces = [.. Enumerable.Range(0, table.Count).Where(predicted.Has)];
        var t = FloorReader.Labels(table).Select(labels => faces.Select(face => labels[face]).ToArray());
        var images = new ImageGroups(faces.Select(face => table.Keys[face].ImagePath));
        var bootstrap = new Bootstrap(images);
        Outputs<double[]>[] runs = [.. Enumerable.Range(0, predicted.Runs).Select(run => Of(predicted, run, faces))];
        metrics = [.. runs.Select(p => t.Zip(p, (labels, values) => RegressionMetrics.Of(labels, values)))];
        resampled = [.. runs.Select(p => t.Zip(p, (labels, values) => bootstrap.Resample(labels, values)))];
        (Faces, Images) = (faces.Length, images.Images);
        ImagePaths = [.. faces.Select(face => table.Keys[face].ImagePath).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Faces judged.</summary>
    public int Faces { get; }

    /// <summary>Images that they are of.</summary>
    public int Images { get; }

    /// <summary>The paths of the images, each once.</summary>
    public IReadOnlyList<string> ImagePaths { get; }

    /// <summary>A run's metrics.</summary>
    public Outputs<OutputMetrics> Metrics(int run) => metrics[run];

    /// <summary>Their intervals.</summary>
    public Outputs<MetricIntervals> Intervals(int run) => resampled[run].Select(MetricIntervals.Of);

    /// <summary>A run's mean CCC of both outputs; null where one has none.</summary>
    public double? MeanCcc(int run) => RegressionMetrics.MeanCcc(metrics[run].Valence, metrics[run].Arousal);

    /// <summary>The same in each resample; none where there are too few images.</summary>
    public IEnumerable<double?> MeanCccs(int run) =>
        resampled[run].Valence.Zip(resampled[run].Arousal, (valence, arousal) => RegressionMetrics.MeanCcc(valence, arousal));

    /// <summary>By how much the first run's CCC is higher than the second's.</summary>
    public Outputs<Difference> CccDifference(int first, int second) => new(
        Difference.OfCcc(metrics[first].Valence, metrics[second].Valence, resampled[first].Valence, resampled[second].Valence),
        Difference.OfCcc(metrics[first].Arousal, metrics[second].Arousal, resampled[first].Arousal, resampled[second].Arousal));

    private static Outputs<double[]> Of(Ensemble predicted, int run, int[] faces)
    {
        Outputs<double>[] values = [.. faces.Select(face => predicted.Of(run, face))];
        return new([.. values.Select(value => value.Valence)], [.. values.Select(value => value.Arousal)]);
    }
}
