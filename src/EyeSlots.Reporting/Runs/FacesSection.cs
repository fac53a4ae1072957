using EyeSlots.Reporting.Pages;

namespace EyeSlots.Reporting.Runs;

/// <summary>The faces that are predicted best and worst: their pictures where there are some, and their numbers.</summary>
internal static class FacesSection
{
    public static void Write(HtmlSection section, EvaluationRecord judged, RunPictures? pictures)
    {
        var pictured = pictures is not null && judged.ShownFaces.Any(face => pictures.Of(judged.ContentSha256, face) is not null);
        if (pictured) section.Warning(Licence.Text);
        section.Paragraph("By the distance in the plane from the true values to those predicted", pictured ? "; below each picture: true → predicted." : ".");
        if (pictures is not null && !pictured) section.Paragraph("Their pictures are not here: the generation was not found where the run has it.");
        Write(section, "Worst predicted", judged.Faces!.Worst, judged.ContentSha256, pictures);
        Write(section, "Best predicted", judged.Faces.Best, judged.ContentSha256, pictures);
    }

    private static void Write(HtmlSection section, string heading, IReadOnlyList<PredictedFace> faces, string content, RunPictures? pictures)
    {
        section.Heading(heading);
        if (pictures is not null) section.Pictures(Captioned(faces, content, pictures));
        section.Table(new(
            $"{heading}: numbers", [pictures is null ? "rank" : "face", "true valence", "predicted", "true arousal", "predicted", "distance"],
            [.. faces.Index().Select(face => (IReadOnlyList<Cell>)
                [pictures is null ? $"{face.Index + 1}" : face.Item.Key.Display, Number(face.Item.Valence), Number(face.Item.PredictedValence), Number(face.Item.Arousal), Number(face.Item.PredictedArousal), face.Item.Distance])]));
    }

    private static IEnumerable<CaptionedPicture> Captioned(IReadOnlyList<PredictedFace> faces, string content, RunPictures? pictures) =>
        from face in faces
        let picture = pictures?.Of(content, face.Key)
        where picture is not null
        select new CaptionedPicture(
            picture, $"The eyes of {face.Key.Display}",
            [["valence ", Number(face.Valence), " → ", Number(face.PredictedValence)], ["arousal ", Number(face.Arousal), " → ", Number(face.PredictedArousal)]]);

    private static Phrase Number(double value) => Phrase.Signed(value, 2);
}
