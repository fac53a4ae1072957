using EyeSlots.Reporting.Pages;

namespace EyeSlots.Reporting.Datasets.Sections;

/// <summary>Some crops with their labels, and the photographs that they were cut from where those can be read.</summary>
internal static class ContactSection
{
    public static void Write(HtmlSection section, DatasetPictures pictures)
    {
        if (pictures.Faces.Count == 0)
        {
            section.Paragraph("No crop could be drawn.");
            return;
        }

        section.Paragraph($"{Quantity.Of(pictures.Faces.Count, "crop")} from shards spread over the generation, with their valence (V) and arousal (A).");
        section.Pictures(pictures.Faces.Select(face => Crop(face)));
        CaptionedPicture[] photographs = [.. from face in pictures.Faces where face.Photograph is not null select Photograph(face)];
        section.Heading("On their photographs");
        if (photographs.Length == 0)
        {
            section.Paragraph("No photograph was read: --images ROOT says where they lie.");
            return;
        }

        section.Paragraph("The box of the landmarks is thin, the slot is thick, and the line from its centre points along θ.");
        section.Pictures(photographs);
    }

    private static CaptionedPicture Crop(PicturedFace face)
    {
        var row = face.Row;
        return new(Picture.Jpeg(face.Crop), "Crop of both eyes",
        [
            [row.Key.List], [Clipped.Face(row.Key)],
            row is { Valence: { } valence, Arousal: { } arousal } ? ["V ", Phrase.Signed(valence, 2), ", A ", Phrase.Signed(arousal, 2)] : ["no label"],
        ]);
    }

    private static CaptionedPicture Photograph(PicturedFace face)
    {
        var row = face.Row;
        return new(Picture.Jpeg(face.Photograph), "Photograph with the slot drawn on it",
        [
            [Clipped.Face(row.Key)], ["θ ", Phrase.Of(row.Theta, 1), "°, coverage ", Phrase.Of(row.Coverage, 3)],
        ]);
    }
}
