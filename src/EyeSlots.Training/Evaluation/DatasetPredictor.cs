using EyeSlots.Training.Augmentation;
using EyeSlots.Training.Loading;
using Microsoft.Extensions.Logging;

namespace EyeSlots.Training.Evaluation;

/// <summary>Lets models predict the faces of a dataset, each model from an input of its own size.</summary>
/// <param name="models">The models.</param>
/// <param name="loader">How shards are read; the input is the model's own, and nothing is augmented.</param>
/// <param name="log">Told of faces that do not decode.</param>
internal sealed class DatasetPredictor(ModelSet models, LoaderOptions loader, ILogger log)
{
    /// <summary>Predicts all faces of a table.</summary>
    /// <param name="faces">Labelled faces, of any dataset.</param>
    /// <param name="progress">Told how many faces were predicted so far, by all models together.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="Core.EyeSlotsException">dataset-damaged; diverged.</exception>
    public Ensemble Run(FaceTable faces, IProgress<long>? progress, CancellationToken cancellation)
    {
        var predicted = new Ensemble(faces.Count);
        long done = 0;
        foreach (var model in models.Models)
        {
            var outputs = predicted.AddRun();
            using var stream = new ShardStream(faces, loader with { Input = model.Input, Augmentation = AugmentationOptions.None, Balance = false }, log);
            foreach (var batch in stream.InOrder(cancellation))
            {
                var values = model.Predict(batch);
                for (var place = 0; place < batch.Count; place++) values.Slice(2 * place, 2).CopyTo(outputs.AsSpan(2 * batch.Faces.Span[place]));
                progress?.Report(done += batch.Count);
            }
        }

        return predicted;
    }
}
