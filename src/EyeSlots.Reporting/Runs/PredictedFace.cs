using EyeSlots.Core.Annotations;

namespace EyeSlots.Reporting.Runs;

/// <summary>A face with its labels and with what was predicted of it.</summary>
/// <param name="Key">The face.</param>
/// <param name="Valence">True.</param>
/// <param name="Arousal">True.</param>
/// <param name="PredictedValence">Predicted.</param>
/// <param name="PredictedArousal">Predicted.</param>
internal readonly record struct PredictedFace(FaceKey Key, double Valence, double Arousal, double PredictedValence, double PredictedArousal)
{
    /// <summary>From the true to the predicted place in the plane.</summary>
    public double Distance => Math.Sqrt(Square(PredictedValence - Valence) + Square(PredictedArousal - Arousal));

    private static double Square(double value) => value * value;
}
