namespace EyeSlots.Training.Optimization;

/// <summary>A batch that has been trained on.</summary>
/// <param name="Index">Which of the epoch, from 0.</param>
/// <param name="Count">Faces.</param>
/// <param name="Faces">Their numbers in their table; good until the next batch is asked for.</param>
/// <param name="Loss">Before the step; no number where training has diverged.</param>
public readonly record struct TrainedBatch(int Index, int Count, ReadOnlyMemory<int> Faces, float Loss);
