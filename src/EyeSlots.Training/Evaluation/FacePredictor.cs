using EyeSlots.Core;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;
using EyeSlots.Training.Augmentation;
using EyeSlots.Training.Loading;
using Microsoft.Extensions.Logging;

namespace EyeSlots.Training.Evaluation;

/// <summary>
/// Predicts the faces of lists from their photographs: cut as the models' training faces were cut, encoded, decoded and sampled as they,
/// so a face gets the number that an evaluation of such a dataset gives it.
/// </summary>
/// <param name="models">Their predictions are averaged.</param>
/// <param name="stores">Opens lists and images.</param>
/// <param name="log">Told of damaged rows.</param>
public sealed class FacePredictor(ModelSet models, IObjectStoreFactory stores, ILogger log)
{
    /// <summary>Writes a row for each face of the lists: the lists by their names, faces in the order of a shard's rows.</summary>
    /// <param name="options">What to predict, and where to write it.</param>
    /// <param name="progress">Told how many faces are done.</param>
    /// <param name="cancellation">Stops; the file stays as it was.</param>
    /// <exception cref="EyeSlotsException">
    /// model-mismatch: the models were trained on slots that were cut differently; list-unreadable, image-changed, storage-failed, disk-full; diverged.
    /// </exception>
    public Task<PredictionSummary> RunAsync(PredictionOptions options, IProgress<long>? progress, CancellationToken cancellation = default) =>
        RunAsync(options, rows => PredictionFile.Write(options.Out, PredictionRow.Columns(models.IsSeveral, withCodes: true), rows), progress, cancellation);

    /// <summary>Likewise, where something else becomes of the rows: they come one by one, and must be taken before the call returns.</summary>
    internal async Task<PredictionSummary> RunAsync(
        PredictionOptions options, Action<IEnumerable<PredictionRow>> take, IProgress<long>? progress, CancellationToken cancellation)
    {
        options.Validated();
        RequireOneCut();
        var images = stores.Open(options.Images, options.FollowLinks);
        using var plan = await PlanAsync(options, images, cancellation).ConfigureAwait(false);
        InputShape[] inputs = [.. models.Models.Select(model => model.Input).Distinct()];
        var slices = new SlicesAhead(plan, images, inputs, options.Workers).Run(cancellation);
        var summary = new PredictionSummary(models.Runs, options.Out);
        var rows = slices.SelectMany(slice => Rows(slice, options.BatchSize, cancellation)).Select(row => summary.Count(row, progress));
        await Task.Run(() => take(rows), CancellationToken.None).ConfigureAwait(false);
        return summary;
    }

    private async Task<Plan> PlanAsync(PredictionOptions options, IObjectStore images, CancellationToken cancellation)
    {
        var planner = new Planner(stores, images, log) { FollowLinks = options.FollowLinks };
        var plan = await planner.PlanAsync(options.Lists, models.Slots, hashImages: false, rows: null, cancellation).ConfigureAwait(false);
        try
        {
            if (plan.Faces == 0) throw new EyeSlotsException(ErrorCodes.ListUnreadable, "The lists hold no rows; check --annotations.");
            plan.RequireReadable([.. plan.Slices]);
            return plan;
        }
        catch
        {
            plan.Dispose();
            throw;
        }
    }

    private void RequireOneCut()
    {
        foreach (var model in models.Models)
        {
            if (model.Slots != models.Slots) throw new EyeSlotsException(
                ErrorCodes.ModelMismatch,
                $"{model.Run} was trained on slots that were cut as {ParameterText.Of(model.Slots)}, {models.Runs[0]} on slots cut as {ParameterText.Of(models.Slots)}; predict with one of them at a time.");
        }
    }

    private IEnumerable<PredictionRow> Rows(SampledSlice sampled, int batchSize, CancellationToken cancellation)
    {
        var predicted = Predict(sampled, batchSize);
        var place = 0;
        foreach (var (face, code) in sampled.Slice.Faces)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return code is null
                ? new(face.Key, face.Valence, face.Arousal, predicted.MeanOf(place), predicted.DeviationOf(place), null)
                : new(face.Key, face.Valence, face.Arousal, null, null, code);
            if (code is null) place++;
        }
    }

    private Ensemble Predict(SampledSlice sampled, int batchSize)
    {
        var predicted = new Ensemble(sampled.Slice.CutFaces);
        foreach (var model in models.Models)
        {
            var (outputs, batch, pixels) = (predicted.AddRun(), new FaceBatch(batchSize, model.Input), sampled.Pixels[model.Input]);
            for (var first = 0; first < sampled.Slice.CutFaces; first += batchSize)
            {
                batch.Reset(epoch: 0, index: 0, Math.Min(batchSize, sampled.Slice.CutFaces - first));
                for (var place = 0; place < batch.Count; place++)
                {
                    pixels.AsSpan((first + place) * model.Input.Bytes, model.Input.Bytes).CopyTo(batch.PixelsOf(place));
                    batch.Set(place, first + place, default, 1, default);
                }

                model.Predict(batch).CopyTo(outputs.AsSpan(2 * first));
            }
        }

        return predicted;
    }
}
