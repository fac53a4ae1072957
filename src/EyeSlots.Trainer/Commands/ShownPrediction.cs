namespace EyeSlots.Trainer.Commands;

/// <summary>Predictions as the progress view shows them.</summary>
/// <param name="steps">The view.</param>
/// <param name="total">Faces to predict, by all models together; 0 while unknown.</param>
internal sealed class ShownPrediction(IProgress<Step> steps, long total) : IProgress<long>
{
    public void Report(long value) => steps.Report(new("predicting faces", value, total));
}
