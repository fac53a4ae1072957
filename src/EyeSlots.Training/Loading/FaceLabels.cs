namespace EyeSlots.Training.Loading;

/// <summary>The labels of a face that has both.</summary>
/// <param name="Valence">-1 to 1.</param>
/// <param name="Arousal">-1 to 1.</param>
/// <param name="Expression">0 to 10, or null when unknown.</param>
public readonly record struct FaceLabels(float Valence, float Arousal, int? Expression);
