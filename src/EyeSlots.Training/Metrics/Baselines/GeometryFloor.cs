using EyeSlots.Training.Loading;
using EyeSlots.Training.Metrics.Fitting;

namespace EyeSlots.Training.Metrics.Baselines;

/// <summary>Least squares on <see cref="BoxGeometry"/>: what the box tells without a pixel.</summary>
/// <param name="model">Coefficients of its features.</param>
internal sealed class GeometryFloor(Outputs<LinearModel> model) : IFloor
{
    public string Name => "geometry";

    /// <summary>Fits it to all faces of a table.</summary>
    public static async Task<Outputs<LinearModel>> FitAsync(FaceTable training, FloorReader reader, CancellationToken cancellation)
    {
        var regression = new Regression(await reader.BoxesAsync(training, cancellation).ConfigureAwait(false));
        return FloorReader.Labels(training).Select(labels => regression.Solve(labels, ridge: 0));
    }

    public async Task<Outputs<double[]>> PredictAsync(FaceTable faces, FloorReader reader, CancellationToken cancellation)
    {
        var boxes = await reader.BoxesAsync(faces, cancellation).ConfigureAwait(false);
        return model.Select(boxes.Predict);
    }
}
