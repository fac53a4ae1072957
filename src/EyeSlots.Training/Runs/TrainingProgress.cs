namespace EyeSlots.Training.Runs;

/// <summary>Where a run is, for whoever watches.</summary>
/// <param name="Epoch">The one under way, from 1.</param>
/// <param name="Epochs">All.</param>
/// <param name="Faces">Trained on since this process began.</param>
/// <param name="FacesLeft">Until the last epoch ends.</param>
/// <param name="Loss">The mean of this epoch so far.</param>
/// <param name="Waiting">Share of this epoch's time in which no batch was ready, 0 to 1.</param>
public readonly record struct TrainingProgress(int Epoch, int Epochs, long Faces, long FacesLeft, double Loss, double Waiting);
