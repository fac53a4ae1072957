using EyeSlots.Core.Storage;
using EyeSlots.Training.Loading;
using EyeSlots.Training.Runs;
using EyeSlots.Training.Torch;
using Microsoft.Extensions.Logging;

namespace EyeSlots.Training.Evaluation;

/// <summary>A run that has trained to its end: its best model, judged on the lists by which its best epoch was chosen.</summary>
/// <param name="stores">Opens the dataset root.</param>
/// <param name="log">Told of faces that do not decode.</param>
public sealed class FinishedRun(IObjectStoreFactory stores, ILogger log)
{
    /// <summary>
    /// Lays into the run what <c>evaluate</c> finds on its validation lists: metrics with intervals beside the floors, and every prediction.
    /// Numbers are a little better than on strangers, since the epoch was chosen by these faces.
    /// </summary>
    /// <param name="options">The run's.</param>
    /// <param name="progress">Told how many faces were predicted so far.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="EyeSlots.Core.EyeSlotsException">dataset-damaged, checkpoint-damaged, disk-full, …: the run is what it was.</exception>
    public async Task JudgeAsync(TrainingOptions options, IProgress<long>? progress, CancellationToken cancellation)
    {
        var config = RunConfig.Load(RunFolder.ConfigOf(options.Run));
        TorchThreads.Use(config.Settings.Threads);
        var data = config.Data;
        var generation = await PinnedGeneration.ReopenAsync(stores.Open(options.Root), data.Dataset, data.Generation, data.ContentSha256, cancellation).ConfigureAwait(false);
        var faces = await FaceTable.ReadAsync(generation, options.Validation, cancellation).ConfigureAwait(false);
        using var models = ModelSet.Load([options.Run], options.Device);
        var evaluation = await new Evaluator(models, options.Loader with { BatchSize = LoaderOptions.JudgedAtOnce }, log).RunAsync(faces, progress, cancellation).ConfigureAwait(false);
        evaluation.Keep(options.Run);
    }
}
