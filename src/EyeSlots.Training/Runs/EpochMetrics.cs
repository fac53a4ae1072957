using EyeSlots.Training.Metrics;

namespace EyeSlots.Training.Runs;

/// <summary>A line of <c>metrics.jsonl</c>: one epoch.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Step">Steps of the optimizer until its end.</param>
/// <param name="TrainingLoss">Mean over its faces, as they were met.</param>
/// <param name="ValidationLoss">The same loss over all faces of validation at its end; null where it is undefined.</param>
/// <param name="Valence">On validation.</param>
/// <param name="Arousal">On validation.</param>
/// <param name="MeanCcc">Of both; null where one has none. The epoch with the highest is the best.</param>
/// <param name="LearningRate">Of its last step.</param>
/// <param name="Faces">Trained on.</param>
/// <param name="TrainingSeconds">The time that took.</param>
/// <param name="FacesPerSecond">The one by the other.</param>
/// <param name="Waiting">Share of that time in which no batch was ready, 0 to 1.</param>
/// <param name="Seconds">Of training and validation together.</param>
/// <param name="Broken">Faces that did not decode, of training and validation.</param>
public sealed record EpochMetrics(
    int Epoch, long Step, double TrainingLoss, double? ValidationLoss, OutputMetrics Valence, OutputMetrics Arousal, double? MeanCcc,
    double LearningRate, long Faces, double TrainingSeconds, double FacesPerSecond, double Waiting, double Seconds, int Broken);
