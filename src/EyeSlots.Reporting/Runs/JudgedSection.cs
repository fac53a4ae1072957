using System.Globalization;
using EyeSlots.Core.Annotations;
using EyeSlots.Reporting.Pages;
using EyeSlots.Reporting.Plots;

namespace EyeSlots.Reporting.Runs;

/// <summary>One evaluation closely: where predictions lie, how they are off over the plane, for whom, and on which faces most and least.</summary>
internal static class JudgedSection
{
    private const string Valence = "valence", Arousal = "arousal";

    public static void Write(HtmlSection section, EvaluationRecord judged, RunPictures? pictures)
    {
        var numbers = judged.Numbers;
        section.Paragraph(
            Phrase.Of(numbers.Rows), " faces of ", Phrase.Of(numbers.Images), " images. Left out: ", Phrase.Of(numbers.Unlabelled), " without a label, ", Phrase.Of(numbers.Broken), " that do not decode.");
        if (judged.Faces is { } faces) section.Figures(Drawings(faces));
        else section.Paragraph("The predictions themselves do not lie in the folder, so nothing is drawn of them.");
        section.Table(Grid(numbers));
        if (numbers.ByExpression.Count > 1) section.Table(Parts("By expression", "expression", numbers.ByExpression, NameOf));
        if (numbers.ByList.Count > 1) section.Table(Parts("By list", "list", numbers.ByList, name => name));
        if (judged.Faces is not null) FacesSection.Write(section, judged, pictures);
    }

    private static IEnumerable<HtmlFigure> Drawings(PredictedFaces faces)
    {
        foreach (var (output, counts) in ((string, long[,])[])[(Valence, faces.Valence), (Arousal, faces.Arousal)])
        {
            yield return new PlaneDensity(
                $"Predicted against true {output}", "How many faces lie in each cell. On the dashed line a prediction is the truth; what is predicted beyond -1 or 1 counts at the edge.",
                $"true {output}", $"predicted {output}", counts) { WithIdentity = true };
        }

        foreach (var (output, cells) in ((string, CellMean[,])[])[(Valence, faces.ValenceResiduals), (Arousal, faces.ArousalResiduals)])
        {
            yield return new PlaneMeans(
                $"Residuals of {output}", "Mean of predicted less true over the plane of true values: above zero it is predicted too high there.", $"true {Valence}", $"true {Arousal}", cells);
        }
    }

    private static HtmlTable Grid(RecordedEvaluation numbers) => new(
        "The grid: faces by their true values, and how predictions are off", ["valence from", "arousal from", "faces", "bias, valence", "RMSE, valence", "bias, arousal", "RMSE, arousal"],
        [.. numbers.Grid.Where(cell => cell.Rows > 0).Select(cell => (IReadOnlyList<Cell>)
            [Phrase.Of(cell.FromValence, 1), Phrase.Of(cell.FromArousal, 1), cell.Rows, Phrase.Signed(cell.Valence?.Bias), cell.Valence?.Rmse, Phrase.Signed(cell.Arousal?.Bias), cell.Arousal?.Rmse])]);

    private static HtmlTable Parts(string caption, string part, SortedDictionary<string, RecordedPart> parts, Func<string, string> name) => new(
        caption, [part, "faces", "CCC, valence", "CCC, arousal", "RMSE, valence", "RMSE, arousal"],
        [.. parts.Select(one => (IReadOnlyList<Cell>)[name(one.Key), one.Value.Rows, one.Value.Valence.Ccc, one.Value.Arousal.Ccc, one.Value.Valence.Rmse, one.Value.Arousal.Rmse])]);

    private static string NameOf(string expression) =>
        int.TryParse(expression, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Expressions.NameOf(number) : expression;
}
