namespace EyeSlots.Training.Runs;

/// <summary>How a run ended.</summary>
/// <param name="Run">Its folder.</param>
/// <param name="Dataset">The dataset.</param>
/// <param name="Generation">Its generation.</param>
/// <param name="Device">What computed.</param>
/// <param name="Epochs">How many have ended.</param>
/// <param name="StoppedEarly">Whether further ones were spared because none of the last was better.</param>
/// <param name="Best">The epoch whose model lies in <c>best/</c>.</param>
/// <param name="FacesPerSecond">Trained on, a second of training, over all epochs.</param>
/// <param name="Waiting">Share of that time in which no batch was ready, 0 to 1.</param>
/// <param name="Seconds">Of all epochs, validation included.</param>
public sealed record RunSummary(
    string Run, string Dataset, int Generation, string Device, int Epochs, bool StoppedEarly, EpochMetrics Best, double FacesPerSecond, double Waiting, double Seconds)
{
    /// <summary>The folder of the best epoch's model.</summary>
    public string Model => RunFolder.BestOf(Run);

    internal static RunSummary Of(string folder, RunConfig config, RunProgress progress, IReadOnlyList<EpochMetrics> epochs)
    {
        var training = epochs.Sum(epoch => epoch.TrainingSeconds);
        return new(
            folder, config.Data.Dataset, config.Data.Generation, config.Machine.Device, epochs.Count, epochs.Count < config.Settings.Epochs, epochs[progress.BestEpoch - 1],
            epochs.Sum(epoch => epoch.Faces) / training, epochs.Sum(epoch => epoch.Waiting * epoch.TrainingSeconds) / training, epochs.Sum(epoch => epoch.Seconds));
    }
}
