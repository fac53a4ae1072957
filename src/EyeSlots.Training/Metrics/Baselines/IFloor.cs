using EyeSlots.Training.Loading;

namespace EyeSlots.Training.Metrics.Baselines;

/// <summary>A prediction that takes no network: what a model must beat.</summary>
internal interface IFloor
{
    /// <summary>One word, as reports show it.</summary>
    string Name { get; }

    /// <summary>Predicts each face of a table; NaN for one that does not decode, where pixels are needed.</summary>
    Task<Outputs<double[]>> PredictAsync(FaceTable faces, FloorReader reader, CancellationToken cancellation);
}
