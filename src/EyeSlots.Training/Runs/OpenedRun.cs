using System.Text.Json;
using EyeSlots.Core;
using EyeSlots.Core.Manifests;
using EyeSlots.Core.Storage;
using EyeSlots.Training.Loading;
using EyeSlots.Training.Torch;
using Microsoft.Extensions.Logging;

namespace EyeSlots.Training.Runs;

/// <summary>A run that may train: its options are those it was started with, its generation is pinned, its faces are known, and nothing leaks.</summary>
internal sealed class OpenedRun : IAsyncDisposable
{
    private readonly RunFolder folder;
    private readonly RunDataset dataset;
    private readonly ILogger log;

    private OpenedRun(RunFolder folder, RunDataset dataset, RunConfig config, FaceTable training, FaceTable validation, ILogger log) =>
        (this.folder, this.dataset, Config, Training, Validation, this.log) = (folder, dataset, config, training, validation, log);

    /// <summary>What stands in <c>config.json</c>.</summary>
    public RunConfig Config { get; }

    /// <summary>Faces to train on.</summary>
    public FaceTable Training { get; }

    /// <summary>Faces of validation.</summary>
    public FaceTable Validation { get; }

    /// <summary>Opens a run that begins, or goes on.</summary>
    /// <exception cref="EyeSlotsException">run-mismatch, dataset-damaged, no-labels, leak, usage: nothing was written that another start would stumble over.</exception>
    public static async Task<OpenedRun> OpenAsync(
        TrainingOptions options, TrainingDevice device, RunFolder folder, IObjectStore root, TimeProvider time, ILogger log, CancellationToken cancellation)
    {
        var before = folder.HoldsRun ? RunConfig.Load(folder.Config) : null;
        var settings = options.Settings(options.Threads ?? before?.Settings.Threads ?? TorchThreads.Usual);
        var dataset = before is null
            ? await RunDataset.OpenAsync(root, options, time, log, cancellation).ConfigureAwait(false)
            : await ReopenAsync(before, settings, options, root, time, log, cancellation).ConfigureAwait(false);
        try
        {
            var training = await FaceTable.ReadAsync(dataset.Generation, options.Train, cancellation).ConfigureAwait(false);
            training.RequireTrainable();
            var validation = await FaceTable.ReadAsync(dataset.Generation, options.Validation, cancellation).ConfigureAwait(false);
            var config = new RunConfig(dataset.Run.ToString(), dataset.Describe(), settings, RunSurroundings.Machine(options, device), RunSurroundings.Versions());
            if (before is not null) RunSurroundings.WarnOfChange(before, config, log);
            var run = new OpenedRun(folder, dataset, config, training, validation, log);
            run.Begin(options.AllowLeaks);
            return run;
        }
        catch
        {
            if (!folder.HoldsRun) dataset.Finish();
            await dataset.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Counts, once in a run, the crops of validation that are byte for byte one of training.</summary>
    public async Task CountEqualCropsAsync(LoaderOptions loader, CancellationToken cancellation)
    {
        if (LoadLeaks() is { EqualCrops: null } report) Save(await LeakCheck.WithEqualCropsAsync(report, Training, Validation, loader, log, cancellation).ConfigureAwait(false));
    }

    /// <summary>Says that nobody will resume the run.</summary>
    public void Finish() => dataset.Finish();

    /// <summary>Leaves the run to a resume unless it has ended.</summary>
    public ValueTask DisposeAsync() => dataset.DisposeAsync();

    private static Task<RunDataset> ReopenAsync(
        RunConfig before, RunSettings settings, TrainingOptions options, IObjectStore root, TimeProvider time, ILogger log, CancellationToken cancellation)
    {
        RunMismatch.Refuse(before.Settings, settings);
        RunMismatch.Refuse(before.Data, options.Dataset, options.Generation);
        return RunDataset.ReopenAsync(root, before.Data, RunName.TryParse(before.Run, out var run) ? run : RunName.New(time), time, log, cancellation);
    }

    // config.json comes last: from then on the folder holds a run. Floors that lie there before are another's.
    private void Begin(bool allowsLeaks)
    {
        if (!folder.HoldsRun) File.Delete(folder.Floors);
        if (LoadLeaks() is null) Save(LeakCheck.Run(Training, Validation, allowsLeaks, log));
        if (!folder.HoldsRun || !File.Exists(folder.TrainedPaths)) TrainedPaths.Of(Training.Keys.Select(key => key.ImagePath)).Save(folder.TrainedPaths);
        Config.Save(folder.Config);
    }

    // One that is no report any more is made again.
    private LeakReport? LoadLeaks()
    {
        if (!folder.HoldsRun || !File.Exists(folder.Leaks)) return null;
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(folder.Leaks), RunJson.Default.LeakReport);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Save(LeakReport report) => DurableFiles.Write(folder.Leaks, stream => JsonSerializer.Serialize(stream, report, RunJson.Default.LeakReport));
}
