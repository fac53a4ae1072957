using EyeSlots.Training.Loading;
using EyeSlots.Training.Metrics.Fitting;

namespace EyeSlots.Training.Metrics.Baselines;

/// <summary>Ridge regression on a small gray crop: what any network must beat to be worth its trouble.</summary>
/// <param name="model">Coefficients of the pixels.</param>
internal sealed class LinearFloor(Outputs<LinearModel> model) : IFloor
{
    /// <summary>Most faces of training, and of validation, that it looks at.</summary>
    public const int MostFaces = 20_000;

    /// <summary>What is tried, the strongest first, so that of two that are as good the stronger wins.</summary>
    private static readonly double[] Ridges = [10, 3, 1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001, 0.0003, 0.0001, 0.00003, 0.00001];

    public string Name => "linear";

    /// <summary>Fits it to training, by the ridge with the highest CCC on validation, for each output its own.</summary>
    public static FittedLinear Fit(FaceTable training, FaceTable validation, FloorReader reader, CancellationToken cancellation)
    {
        var (sample, held) = (reader.CropSample(training, cancellation), reader.CropSample(validation, cancellation));
        var regression = new Regression(sample.Pixels);
        var best = sample.Labels.Zip(held.Labels, (labels, judged) => Best(regression, labels, held.Pixels, judged));
        return new(best.Select(fit => fit.Model), best.Select(fit => fit.Ridge), sample.Pixels.Rows);
    }

    public Task<Outputs<double[]>> PredictAsync(FaceTable faces, FloorReader reader, CancellationToken cancellation)
    {
        var predictions = model.Select(_ => Enumerable.Repeat(double.NaN, faces.Count).ToArray());
        var features = new double[FloorReader.Input.Bytes];
        foreach (var (face, pixels) in reader.Crops(faces, cancellation))
        {
            PixelRows.Widen(pixels.Span, features);
            predictions.Valence[face] = model.Valence.Predict(features);
            predictions.Arousal[face] = model.Arousal.Predict(features);
        }

        return Task.FromResult(predictions);
    }

    private static (LinearModel Model, double Ridge) Best(Regression regression, double[] labels, PixelRows held, double[] judged) =>
        Ridges.Select(ridge => (Model: regression.Solve(labels, ridge), Ridge: ridge))
            .MaxBy(fit => RegressionMetrics.Of(judged, held.Predict(fit.Model)).Ccc ?? double.NegativeInfinity);
}

/// <summary>The linear floor as it was fitted.</summary>
/// <param name="Model">Coefficients of the pixels, row by row, 0 to 255.</param>
/// <param name="Ridge">Which was best on validation.</param>
/// <param name="Faces">Of training, that it was fitted to.</param>
internal sealed record FittedLinear(Outputs<LinearModel> Model, Outputs<double> Ridge, int Faces);
