using EyeSlots.Training.Loading;

namespace EyeSlots.Training.Metrics.Baselines;

/// <summary>The same for every face.</summary>
/// <param name="name">Its name.</param>
/// <param name="value">What it predicts.</param>
internal sealed class ConstantFloor(string name, Outputs<double> value) : IFloor
{
    public string Name => name;

    public Task<Outputs<double[]>> PredictAsync(FaceTable faces, FloorReader reader, CancellationToken cancellation) =>
        Task.FromResult(value.Select(constant => Enumerable.Repeat(constant, faces.Count).ToArray()));
}
