using System.CommandLine;
using System.Globalization;
using EyeSlots.Core;
using EyeSlots.Core.Storage;
using EyeSlots.Training.Evaluation;
using EyeSlots.Training.Models;
using EyeSlots.Training.Runs;
using Spectre.Console;

namespace EyeSlots.Trainer.Commands;

/// <summary><c>train</c>: a run from a dataset to its best model.</summary>
internal static class TrainCommand
{
    private static readonly TrainingOptions Defaults = new() { Root = default, Train = [], Validation = [], Run = "" };

    private static readonly Option<string[]> Train = new("--train") { Description = "Lists of the dataset to train on", HelpName = "LIST", Required = true, AllowMultipleArgumentsPerToken = true };
    private static readonly Option<string[]> Validation = new("--validation") { Description = "Lists by which the best epoch is chosen", HelpName = "LIST", Required = true, AllowMultipleArgumentsPerToken = true };
    private static readonly Option<string> Run = new("--run") { Description = "Folder of the run", HelpName = "FOLDER", Required = true };
    private static readonly Option<string> Model = new("--model") { Description = "The network: a name, or a file of JSON", HelpName = $"{string.Join('|', ModelDescription.Names)}|FILE.json", DefaultValueFactory = _ => Defaults.Model.Name };
    private static readonly Option<int?> Epochs = new("--epochs") { Description = "How often all faces are trained on; the model's own number when left out", HelpName = "N" };
    private static readonly Option<int?> EarlyStopping = new("--early-stopping") { Description = "End after so many epochs without a better one", HelpName = "N" };
    private static readonly Option<int?> Threads = new("--threads") { Description = "Threads of an operation on the CPU; a run keeps its own", HelpName = "N" };
    private static readonly Option<bool> AllowLeaks = new("--allow-leaks") { Description = "Train although training and validation share photographs" };
    private static readonly Option<bool> Resume = new("--resume") { Description = "Go on with the run that the folder holds, or start it" };

    private static readonly Option<Duration> CheckpointEvery = new Option<Duration>("--checkpoint-every")
    {
        Description = "Time between checkpoints within an epoch", HelpName = "TIME", DefaultValueFactory = _ => new(Defaults.CheckpointEvery),
    }.Takes(Duration.Parse, "a time such as 90s, 30m, 24h or 7d");

    public static Command Create(ConsoleProgram program)
    {
        Command command = new("train", "Train a network on a dataset's shards; the run's folder gets its best model, curves and checkpoints")
        {
            DatasetLine.Data, DatasetLine.Dataset, DatasetLine.Generation, Train, Validation, Run, Model, Epochs, EarlyStopping,
        };
        foreach (var option in (Option[])[.. OptimizationLine.Options, .. LoaderLine.Options, .. AugmentationLine.Options, ModelLine.Device, Threads, AllowLeaks, Resume, CheckpointEvery, .. SearchLine.Options, RunUntil.InputEnds]) command.Options.Add(option);
        return program.Runs(command, RunAsync,
            "eyeslots train --data out --train training --validation validation --run runs/1 --model tiny",
            "eyeslots train --data s3://slots --train training --validation validation --run runs/2 --model M1 --cache /var/cache/eyeslots --device cuda --precision bfloat16 --batch 256",
            "eyeslots train --data out --train training --validation validation --run runs/1 --model tiny --resume",
            "eyeslots train --data out --train training --validation validation --run runs/rates --model M1 --warm-up 100 --search --rates 1e-3 1e-4 1e-5 --devices cuda:0 cuda:1",
            "eyeslots train --data out --train training --validation validation --run runs/1 --rotation 10 --cutout 0.5 --show augmented.png");
    }

    private static async Task<int> RunAsync(ParseResult parsed, Session session, CancellationToken cancellation)
    {
        var isSearch = SearchLine.IsAsked(parsed);
        var options = OptionsOf(parsed).Validated();
        if (AugmentationLine.PictureOf(parsed) is { } picture) return await ShownAugmentation.RunAsync(session, options, picture, cancellation);
        if (isSearch) return await SearchedTraining.RunAsync(parsed, session, options, cancellation);
        session.Say($"Training {options.Model.Name} on {string.Join(", ", options.Train)} of {options.Root} ({options.Dataset}) into {options.Run}.");
        using var until = RunUntil.Of(parsed, cancellation);
        var run = new TrainingRun(session.Stores, session.Time, session.Log);
        var summary = await ProgressView.RunAsync(session, steps => Task.Run(() => run.RunAsync(options, new ShownTraining(steps), until.Cancellation), CancellationToken.None));
        await JudgeAsync(session, options, until.Cancellation);
        return session.Show(summary, TrainerJson.Default.RunSummary, () => Show(session.Terminal, summary));
    }

    // A run is what it is without these numbers, and evaluate finds them too.
    private static async Task JudgeAsync(Session session, TrainingOptions options, CancellationToken cancellation)
    {
        try
        {
            await ProgressView.RunAsync(session, async steps =>
            {
                await new FinishedRun(session.Stores, session.Log).JudgeAsync(options, new ShownPrediction(steps, 0), cancellation);
                return options;
            });
        }
        catch (EyeSlotsException error) when (error.Code != ErrorCodes.Interrupted)
        {
            session.Warn($"The run has ended, but its best model was not judged on validation: {error.Message}");
        }
    }

    private static TrainingOptions OptionsOf(ParseResult parsed) => new()
    {
        Root = DatasetLine.RootOf(parsed), Dataset = parsed.GetValue(DatasetLine.Dataset)!, Generation = parsed.GetValue(DatasetLine.Generation),
        Train = parsed.GetValue(Train)!, Validation = parsed.GetValue(Validation)!, Run = StorageAddress.ParseLocal(parsed.GetValue(Run)!),
        Model = ModelDescription.Of(parsed.GetValue(Model)!), Epochs = parsed.GetValue(Epochs), EarlyStopping = parsed.GetValue(EarlyStopping),
        Optimization = OptimizationLine.Of(parsed), Loader = LoaderLine.Of(parsed) with { Augmentation = AugmentationLine.Of(parsed) }, Cutout = AugmentationLine.CutoutOf(parsed),
        Device = parsed.GetValue(ModelLine.Device), Threads = parsed.GetValue(Threads), AllowLeaks = parsed.GetValue(AllowLeaks), Resume = parsed.GetValue(Resume),
        CheckpointEvery = parsed.GetValue(CheckpointEvery).Time,
    };

    private static void Show(Terminal terminal, RunSummary run)
    {
        var table = Terminal.Facts($"{run.Run}: {Quantity.Of(run.Epochs, "epoch")}{(run.StoppedEarly ? ", stopped early" : "")}");
        table.AddRow("best epoch", run.Best.Epoch.ToString(CultureInfo.InvariantCulture));
        foreach (var (output, metrics) in (ReadOnlySpan<(string, Training.Metrics.OutputMetrics)>)[("valence", run.Best.Valence), ("arousal", run.Best.Arousal)])
            table.AddRow(output, $"CCC {Number(metrics.Ccc)}, RMSE {Number(metrics.Rmse)}, CORR {Number(metrics.Corr)}, SAGR {Number(metrics.Sagr)}");
        table.AddRow("speed", FormattableString.Invariant($"{run.FacesPerSecond:N0} faces a second on {run.Device}, {run.Waiting:P1} of the time waiting"));
        table.AddRow("time", FormattableString.Invariant($"{run.Seconds:F1} s"));
        table.AddRow("model", Terminal.Safe(run.Model));
        terminal.Results.Write(table);
    }

    private static string Number(double? value) => value is { } number ? Quantity.Fixed(number, 3) : "undefined";
}
