using EyeSlots.Training.Runs;

namespace EyeSlots.Trainer.Commands;

/// <summary>A run as the progress view shows it: faces of all its epochs, so that rate and time left hold for the whole run.</summary>
internal sealed class ShownTraining(IProgress<Step> steps) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value) => steps.Report(new(
        "training", value.Faces, value.Faces + value.FacesLeft,
        FormattableString.Invariant($"epoch {value.Epoch} of {value.Epochs}, loss {value.Loss:F4}, {value.Waiting:P1} waiting")));
}
