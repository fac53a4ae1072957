using EyeSlots.Core;
using EyeSlots.Core.Manifests;
using EyeSlots.Core.Storage;
using EyeSlots.Training.Comparison;
using EyeSlots.Training.Evaluation;
using EyeSlots.Training.Loading;
using EyeSlots.Training.Runs;
using EyeSlots.Training.Torch;
using Microsoft.Extensions.Logging;

namespace EyeSlots.Training.Search;

/// <summary>
/// Trains a network by several learning rates and judges them on validation. All runs read one generation, which the search pins from its
/// beginning to its end; each is a run like any other, below the search's folder, and a search that is stopped goes on with those that are there.
/// </summary>
/// <param name="stores">Opens the dataset root.</param>
/// <param name="trainer">Trains one run.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Told of what is worth knowing.</param>
public sealed class LearningRateSearch(IObjectStoreFactory stores, IRunTrainer trainer, TimeProvider time, ILogger log)
{
    private static readonly LoaderOptions Judging = new() { BatchSize = LoaderOptions.JudgedAtOnce };

    /// <summary>Searches to the end.</summary>
    /// <param name="options">Which rates, on what.</param>
    /// <param name="watcher">Told of epochs that end.</param>
    /// <param name="cancellation">Ends each run under way after its step, with a checkpoint.</param>
    /// <exception cref="EyeSlotsException">What ended a run, or the search; whatever it is, it can go on.</exception>
    public async Task<SearchReport> RunAsync(SearchOptions options, IProgress<SearchProgress>? watcher, CancellationToken cancellation)
    {
        options = options.Validated();
        using var folder = SearchFolder.Open(options.Training.Run, options.Training.Resume);
        await using var dataset = await OpenAsync(folder, options.Training, cancellation).ConfigureAwait(false);
        try
        {
            var training = new SearchSchedule(options, dataset.Generation.Manifest.Generation, trainer).RunAsync(cancellation);
            if (watcher is not null) await SearchProgress.WatchAsync(training, options, watcher, time).ConfigureAwait(false);
            var report = await JudgeAsync(options, dataset, await training.ConfigureAwait(false), cancellation).ConfigureAwait(false);
            folder.Save(report);
            dataset.Finish();
            return report;
        }
        catch
        {
            if (!folder.HoldsRuns)
            {
                folder.Forget();
                dataset.Finish();
            }

            throw;
        }
    }

    private async Task<RunDataset> OpenAsync(SearchFolder folder, TrainingOptions options, CancellationToken cancellation)
    {
        var root = stores.Open(options.Root);
        if (folder.Load() is { } before)
        {
            RunMismatch.Refuse(before.Data, options.Dataset, options.Generation);
            var pin = RunName.TryParse(before.Pin, out var name) ? name : RunName.New(time);
            return await RunDataset.ReopenAsync(root, before.Data, pin, time, log, cancellation).ConfigureAwait(false);
        }

        var dataset = await RunDataset.OpenAsync(root, options, time, log, cancellation).ConfigureAwait(false);
        folder.Begin(new(dataset.Run.ToString(), dataset.Describe()));
        return dataset;
    }

    private async Task<SearchReport> JudgeAsync(SearchOptions options, RunDataset dataset, IReadOnlySet<SearchedRun> diverged, CancellationToken cancellation)
    {
        var runs = options.Runs();
        string[] sound = [.. runs.Where(run => !diverged.Contains(run)).Select(run => Path.Combine(options.Training.Run, run.Name))];
        if (sound is []) throw new EyeSlotsException(ErrorCodes.Diverged, $"Every run of {options.Training.Run} diverged. Take smaller --rates, or --clip-norm.");
        var faces = await FaceTable.ReadAsync(dataset.Generation, options.Training.Validation, cancellation).ConfigureAwait(false);
        TorchThreads.Use(options.Training.Threads ?? TorchThreads.Usual);
        using var models = ModelSet.Load(sound, options.Devices[0]);
        var judged = await Task.Run(() => new JudgedRuns(faces, new DatasetPredictor(models, Judging, log).Run(faces, null, cancellation)), cancellation).ConfigureAwait(false);
        return new SearchJudge(runs, diverged, judged).Report(options.Training.Run, dataset.Describe(), options);
    }
}
