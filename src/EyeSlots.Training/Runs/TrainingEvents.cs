using TorchSharp;
using TorchSharp.Modules;

namespace EyeSlots.Training.Runs;

/// <summary>
/// The curves as TensorBoard reads them. They are what <c>metrics.jsonl</c> holds, no more: a run that goes on writes its file anew, so no
/// epoch is shown twice.
/// </summary>
internal sealed class TrainingEvents
{
    private const string Pattern = "events.out.tfevents.*";
    private readonly SummaryWriter writer;

    private TrainingEvents(SummaryWriter writer) => this.writer = writer;

    /// <summary>Takes away what is there and writes the epochs that have ended.</summary>
    public static TrainingEvents Begin(string folder, IEnumerable<EpochMetrics> ended)
    {
        foreach (var file in Directory.EnumerateFiles(folder, Pattern)) File.Delete(file);
        var events = new TrainingEvents(torch.utils.tensorboard.SummaryWriter(folder));
        foreach (var epoch in ended) events.Add(epoch);
        return events;
    }

    /// <summary>Adds an epoch to each curve; what is undefined has no point.</summary>
    public void Add(EpochMetrics epoch)
    {
        Add("loss/training", epoch.TrainingLoss, epoch.Epoch);
        Add("loss/validation", epoch.ValidationLoss, epoch.Epoch);
        Add("ccc/mean", epoch.MeanCcc, epoch.Epoch);
        foreach (var (output, metrics) in (ReadOnlySpan<(string, Metrics.OutputMetrics)>)[("valence", epoch.Valence), ("arousal", epoch.Arousal)])
        {
            Add($"ccc/{output}", metrics.Ccc, epoch.Epoch);
            Add($"corr/{output}", metrics.Corr, epoch.Epoch);
            Add($"rmse/{output}", metrics.Rmse, epoch.Epoch);
            Add($"sagr/{output}", metrics.Sagr, epoch.Epoch);
        }

        Add("learning-rate", epoch.LearningRate, epoch.Epoch);
        Add("speed/faces-per-second", epoch.FacesPerSecond, epoch.Epoch);
        Add("speed/waiting", epoch.Waiting, epoch.Epoch);
    }

    private void Add(string tag, double? value, int epoch)
    {
        if (value is { } number) writer.add_scalar(tag, (float)number, epoch, null);
    }
}
