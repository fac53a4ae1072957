using EyeSlots.Core;
using EyeSlots.Training.Loading;
using EyeSlots.Training.Models;
using EyeSlots.Training.Optimization;
using Microsoft.Extensions.Logging;

namespace EyeSlots.Training.Runs;

/// <summary>
/// Trains: epochs of batches, a step on each; then validation, a line of metrics, a checkpoint, and the model if it is the best. Everything
/// that a step depends on follows from the position, so a run that was killed anywhere goes on to the same weights.
/// </summary>
internal sealed class TrainingLoop
{
    private const int MostShown = 10;
    private readonly TrainingParts parts;
    private readonly RunConfig config;
    private readonly RunSettings settings;
    private readonly RunFolder folder;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly Checkpoint checkpoints;
    private readonly MetricsLog metrics;
    private readonly TrainingEvents events;
    private readonly Garbage garbage;
    private RunProgress progress;
    private long saved, told;

    /// <summary>Takes over the newest checkpoint, if there is one, and drops what was written after it.</summary>
    /// <exception cref="EyeSlotsException">checkpoint-damaged, model-mismatch.</exception>
    public TrainingLoop(TrainingParts parts, RunConfig config, RunFolder folder, TimeProvider time, ILogger log)
    {
        (this.parts, this.config, settings, this.folder, this.time, this.log) = (parts, config, config.Settings, folder, time, log);
        checkpoints = new(new(folder.Checkpoints), config.Run, log);
        progress = checkpoints.Restore(parts.Step) ?? new();
        metrics = MetricsLog.Open(folder.Metrics, progress.Position.Epoch);
        events = TrainingEvents.Begin(folder.Path, metrics.Epochs);
        garbage = new(time);
        saved = time.GetTimestamp();
    }

    /// <summary>A checkpoint is written within an epoch when so much time has passed.</summary>
    public required TimeSpan CheckpointEvery { get; init; }

    /// <summary>Is told of each step.</summary>
    public IProgress<TrainingProgress>? Watcher { get; init; }

    /// <summary>Is called when the first epoch has ended, and by each process that goes on after it.</summary>
    public required Action<CancellationToken> AfterFirstEpoch { get; init; }

    private bool IsOver => progress.Position.Epoch >= settings.Epochs || (settings.EarlyStopping is { } patience && progress.Stale >= patience);

    /// <summary>Trains to the end, on the caller's thread.</summary>
    /// <exception cref="EyeSlotsException">interrupted, diverged, dataset-damaged, disk-full, …: the last checkpoint stays.</exception>
    public RunSummary Run(CancellationToken cancellation)
    {
        try
        {
            // The checkpoint of an epoch's end is written before its model, so the model may be missing.
            if (progress.Position is { Batch: 0, Epoch: > 0 } && progress.Stale == 0) SaveBest();
            if (progress.Position.Epoch > 0) AfterFirstEpoch(cancellation);
            while (!IsOver)
            {
                garbage.BeforeEpoch();
                TrainEpoch(cancellation);
                Validate(cancellation);
                if (progress.Position.Epoch == 1) AfterFirstEpoch(cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            Save();
            throw new EyeSlotsException(ErrorCodes.Interrupted, $"Interrupted in epoch {progress.Position.Epoch + 1} after {Quantity.Of(progress.Position.Batch, "batch", "batches")}, with a checkpoint; go on with --resume.");
        }

        return RunSummary.Of(folder.Path, config, progress, metrics.Epochs);
    }

    private void TrainEpoch(CancellationToken cancellation)
    {
        var clock = new EpochClock(time, parts.Training, progress);
        var batches = parts.Training.Epoch(progress.Position.Epoch, progress.Position.Batch, cancellation);
        foreach (var batch in parts.Step.Train(batches, StepOf, (ulong)settings.Seed))
        {
            if (!float.IsFinite(batch.Loss))
            {
                checkpoints.Forget(progress.Position);
                throw Diverged(batch);
            }

            progress = clock.Read(progress.AfterBatch(batch.Index, batch.Count, batch.Loss));
            Tell(batch.Count);
            garbage.AfterStep();
            cancellation.ThrowIfCancellationRequested();
            if (time.GetElapsedTime(saved) >= CheckpointEvery) Save();
        }

        // Batches that lost their faces are not given; the epoch is over all the same.
        progress = clock.Read(progress) with { Position = progress.Position with { Batch = parts.Training.BatchesPerEpoch } };
    }

    private void Validate(CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        var result = parts.Validation.Run(cancellation);
        EndEpoch(Describe(result, progress.Seconds + time.GetElapsedTime(began).TotalSeconds));
    }

    // In this order: a checkpoint must not lack a line, and no model may be newer than the newest checkpoint.
    private void EndEpoch(EpochMetrics ended)
    {
        metrics.Add(ended);
        progress = progress.AfterEpoch(ended.MeanCcc);
        Save();
        if (progress.Stale == 0) SaveBest();
        events.Add(ended);
        log.LogInformation(
            "Epoch {Epoch}: loss {Training:F4}, on validation {Validation:F4}; CCC {Valence:F3} and {Arousal:F3}{Best}.",
            ended.Epoch, ended.TrainingLoss, ended.ValidationLoss, ended.Valence.Ccc, ended.Arousal.Ccc, progress.Stale == 0 ? ", the best so far" : "");
    }

    private void Save()
    {
        checkpoints.Write(parts.Step, progress);
        saved = time.GetTimestamp();
    }

    private void SaveBest() => parts.Model.Save(folder.Best);

    private long StepOf(int batch) => ((long)progress.Position.Epoch * parts.Training.BatchesPerEpoch) + batch;

    private void Tell(int faces)
    {
        told += faces;
        var left = ((settings.Epochs - progress.Position.Epoch) * parts.FacesPerEpoch) - progress.Faces;
        Watcher?.Report(new(progress.Position.Epoch + 1, settings.Epochs, told, Math.Max(0, left), progress.Loss, progress.Seconds > 0 ? progress.Waited / progress.Seconds : 0));
    }

    private EpochMetrics Describe(in ValidationResult result, double seconds)
    {
        var last = StepOf(parts.Training.BatchesPerEpoch) - 1;
        return new(
            progress.Position.Epoch + 1, last + 1, progress.Loss, result.Loss(settings.Optimization), result.Valence, result.Arousal, result.MeanCcc,
            LearningRateSchedule.At(settings.Optimization, last, parts.TotalSteps), progress.Faces, progress.Seconds, progress.Faces / progress.Seconds,
            progress.Waited / progress.Seconds, seconds, parts.Broken);
    }

    private EyeSlotsException Diverged(in TrainedBatch batch)
    {
        var faces = string.Join(", ", parts.Name(batch.Faces).Take(MostShown)) + (batch.Count > MostShown ? ", …" : "");
        var where = $"step {StepOf(batch.Index)} (epoch {progress.Position.Epoch + 1}, batch {batch.Index})";
        return new(ErrorCodes.Diverged, FormattableString.Invariant($"The loss is {batch.Loss} at {where}, on the faces {faces}. Take a smaller --learning-rate, or --clip-norm; the last good checkpoint stays."));
    }
}
