using System.Globalization;
using EyeSlots.Cli.Commands;

namespace EyeSlots.Cli.Training;

/// <summary>The last steps of the demo: a small network, trained and judged by the trainer as a process of its own.</summary>
internal static class DemoTraining
{
    public const string Model = "tiny";

    /// <summary>Enough for the demo's faces to be read well, in two or three minutes of two cores.</summary>
    private const int MostEpochs = 10, FacesToTrainOn = 60_000;

    /// <summary>Steps in which the rate rises. Without them about one run in ten at this rate never learns one of its outputs.</summary>
    private const string WarmUp = "100";

    /// <summary>Trains it; a run that was stopped goes on, and one that has ended is taken as it is.</summary>
    public static Task<TrainedNetwork> TrainAsync(Session session, DemoFolder folder, CancellationToken cancellation)
    {
        var epochs = Math.Clamp(FacesToTrainOn / folder.Faces, 1, MostEpochs);
        string[] arguments =
        [
            "train", "--data", folder.Shards, "--dataset", DemoFolder.Dataset, "--train", "training", "--validation", "validation", "--run", folder.Run,
            "--model", Model, "--epochs", epochs.ToString(CultureInfo.InvariantCulture), "--learning-rate", "1e-3",
            "--warm-up", WarmUp, "--schedule", "cosine", "--resume",
        ];
        return ProgressView.RunAsync(session, steps => EpochWatch.WhileAsync(TrainerProcess.RunAsync(arguments, CliJson.Default.TrainedNetwork, cancellation), folder.Run, epochs, steps));
    }

    /// <summary>Judges it on the list that training has not seen.</summary>
    public static Task<JudgedNetwork> JudgeAsync(DemoFolder folder, CancellationToken cancellation) => TrainerProcess.RunAsync(
        ["evaluate", "--run", folder.Run, "--data", folder.Shards, "--dataset", DemoFolder.Dataset, "--lists", "test"], CliJson.Default.JudgedNetwork, cancellation);
}

/// <summary>What the demo reads of <c>train --json</c>.</summary>
internal sealed record TrainedNetwork(string Run, string Model, int Epochs, double FacesPerSecond, double Waiting, double Seconds);

/// <summary>What it reads of <c>evaluate --json</c>.</summary>
internal sealed record JudgedNetwork(int Rows, JudgedOutput Valence, JudgedOutput Arousal);

/// <summary>One output on the test list, and what the floors reach there.</summary>
internal sealed record JudgedOutput(double? Ccc, double? Rmse, JudgedIntervals Intervals, IReadOnlyDictionary<string, JudgedFloor> Floors, bool? BeatsLinear);

/// <summary>The interval of a CCC; null where there are too few faces.</summary>
internal sealed record JudgedIntervals(JudgedInterval? Ccc);

/// <summary>Its ends.</summary>
internal sealed record JudgedInterval(double Low, double High);

/// <summary>A floor.</summary>
internal sealed record JudgedFloor(double? Ccc);
