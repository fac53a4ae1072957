using EyeSlots.Core.Annotations;
using EyeSlots.Core.Shards;
using EyeSlots.Training.Metrics;

namespace EyeSlots.Training.Evaluation;

/// <summary>One face with what was predicted of it.</summary>
/// <param name="Key">The face.</param>
/// <param name="Valence">Its label, or null.</param>
/// <param name="Arousal">Its label, or null.</param>
/// <param name="Predicted">The mean over all runs; null where the face could not be cut.</param>
/// <param name="Deviation">The standard deviation over the runs, a population's; null where it could not be cut.</param>
/// <param name="Code">Why it could not be cut, or null.</param>
public readonly record struct PredictionRow(
    FaceKey Key, float? Valence, float? Arousal, Outputs<double>? Predicted, Outputs<double>? Deviation, RejectCode? Code)
{
    /// <summary>The columns of a file of predictions.</summary>
    /// <param name="severalRuns">With those of the standard deviation.</param>
    /// <param name="withCodes">With the one that says why a face was not cut.</param>
    internal static IReadOnlyList<TableColumn<PredictionRow>> Columns(bool severalRuns, bool withCodes)
    {
        List<TableColumn<PredictionRow>> columns =
        [
            TableColumn<PredictionRow>.OfTexts("list", row => row.Key.List),
            TableColumn<PredictionRow>.OfTexts("image_path", row => row.Key.ImagePath),
            TableColumn<PredictionRow>.OfWholeNumbers("face_index", row => row.Key.FaceIndex),
            TableColumn<PredictionRow>.OfNumbers("valence", row => row.Valence),
            TableColumn<PredictionRow>.OfNumbers("arousal", row => row.Arousal),
            TableColumn<PredictionRow>.OfNumbers("predicted_valence", row => row.Predicted?.Valence),
            TableColumn<PredictionRow>.OfNumbers("predicted_arousal", row => row.Predicted?.Arousal),
        ];
        if (severalRuns)
        {
            columns.Add(TableColumn<PredictionRow>.OfNumbers("predicted_valence_sd", row => row.Deviation?.Valence));
            columns.Add(TableColumn<PredictionRow>.OfNumbers("predicted_arousal_sd", row => row.Deviation?.Arousal));
        }

        if (withCodes) columns.Add(TableColumn<PredictionRow>.OfTexts("code", row => row.Code?.Text()));
        return columns;
    }
}
