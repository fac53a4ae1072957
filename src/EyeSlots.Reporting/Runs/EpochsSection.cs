using EyeSlots.Reporting.Pages;
using EyeSlots.Reporting.Plots;

namespace EyeSlots.Reporting.Runs;

/// <summary>Losses and metrics over the epochs; of several runs, over each other.</summary>
internal static class EpochsSection
{
    public static void Write(HtmlSection section, IReadOnlyList<RunColumn> runs)
    {
        var trained = runs.Where(run => run.Run.Epochs.Count > 0).ToArray();
        if (trained.Length == 0)
        {
            section.Paragraph("No epoch has ended yet.");
            return;
        }

        section.Figures(trained.Length == 1 ? OfOne(trained[0].Run) : OfSeveral(trained));
        section.Details("Speed and learning rate of each epoch", inner =>
        {
            foreach (var run in trained) inner.Table(Speed(run));
        });
    }

    private static IEnumerable<Curves> OfOne(RunRecord run)
    {
        yield return new(
            "Loss", "The loss of training is a mean over the epoch, while the weights change and crops are augmented; that of validation is taken at its end.", "epoch", "loss",
            [Curve(run, "training", epoch => epoch.TrainingLoss), Curve(run, "validation", epoch => epoch.ValidationLoss)]);
        yield return new(
            "CCC on validation", "How well predictions of the validation lists agree with their labels. The epoch with the highest mean of both is the best.", "epoch", "CCC",
            [Curve(run, "valence", epoch => epoch.Valence.Ccc), Curve(run, "arousal", epoch => epoch.Arousal.Ccc)]);
        yield return new(
            "RMSE on validation", "The root of the mean squared error, in the labels' unit, from -1 to 1.", "epoch", "RMSE",
            [Curve(run, "valence", epoch => epoch.Valence.Rmse), Curve(run, "arousal", epoch => epoch.Arousal.Rmse)]);
    }

    private static IEnumerable<Curves> OfSeveral(IReadOnlyList<RunColumn> runs)
    {
        yield return Of("Loss of training", "A mean over the epoch, while the weights change and crops are augmented.", "loss", epoch => epoch.TrainingLoss);
        yield return Of("Loss of validation", "Taken at the end of the epoch.", "loss", epoch => epoch.ValidationLoss);
        yield return Of("CCC of valence on validation", "How well predictions agree with the labels.", "CCC", epoch => epoch.Valence.Ccc);
        yield return Of("CCC of arousal on validation", "How well predictions agree with the labels.", "CCC", epoch => epoch.Arousal.Ccc);

        Curves Of(string title, string text, string y, Func<RecordedEpoch, double?> value) => new(title, text, "epoch", y, [.. runs.Select(run => Curve(run.Run, run.Label, value))]);
    }

    private static Curve Curve(RunRecord run, string name, Func<RecordedEpoch, double?> value) => new(name, new(run.Epochs.ToDictionary(epoch => epoch.Epoch, value)));

    private static HtmlTable Speed(RunColumn run) => new(
        run.Label, ["epoch", "learning rate", "faces", "faces a second", "waiting for batches, share", "seconds", "broken faces"],
        [.. run.Run.Epochs.Select(epoch => (IReadOnlyList<Cell>)
            [epoch.Epoch, Phrase.Exact(epoch.LearningRate), epoch.Faces, Phrase.Of(epoch.FacesPerSecond, 0), epoch.Waiting, Phrase.Of(epoch.Seconds, 1), epoch.Broken])]);
}
