using EyeSlots.Core.Annotations;
using EyeSlots.Core.Manifests;
using EyeSlots.Reporting.Pages;

namespace EyeSlots.Reporting.Datasets.Sections;

/// <summary>What could not be cut: counts by code and list, and a few faces of each code.</summary>
internal static class QuarantineSection
{
    public static void Write(HtmlSection section, DatasetReport report)
    {
        var totals = report.Totals;
        if (totals.Rejected == 0)
        {
            section.Paragraph("No face was rejected.");
            return;
        }

        var lists = report.Facts.Lists.Where(list => list.Totals.Rejected > 0).Take(Clipped.MostRows).ToList();
        section.Table(new("Rejected faces", ["list", .. totals.RejectedByCode.Keys, "all"],
        [
            .. lists.Select(list => Row(list.Name, totals, list.Totals)),
            Row("all lists", totals, totals),
        ]));
        if (report.Pictures is { } pictures) WriteExamples(section, report.Quarantine.Rows, pictures);
        else section.Paragraph("Examples are left out: they name faces. eyeslots inspect shows some.");
    }

    private static Cell[] Row(string name, ManifestTotals codes, ManifestTotals totals) =>
        [name, .. codes.RejectedByCode.Keys.Select(code => (Cell)totals.RejectedByCode.GetValueOrDefault(code)), totals.Rejected];

    private static void WriteExamples(HtmlSection section, IReadOnlyList<Core.Shards.QuarantineRow> rows, DatasetPictures pictures)
    {
        section.Table(new("Some of them, as the lists name them", ["code", "list", "face", "what was seen"],
            [.. rows.Select(row => (IReadOnlyList<Cell>)[row.Code.Text(), row.Key.List, Clipped.Face(row.Key), Clipped.Text(row.Detail)])]));
        CaptionedPicture[] shown =
        [
            .. from row in rows
               where pictures.Rejected.ContainsKey(row.Key)
               select new CaptionedPicture(
                   Picture.Jpeg(pictures.Rejected[row.Key]), $"Photograph of a face that was rejected: {row.Code.Text()}", [[row.Code.Text()], [Clipped.Face(row.Key)]]),
        ];
        if (shown.Length > 0) section.Pictures(shown);
        else section.Paragraph("None of their photographs was read: --images ROOT says where they lie, and most of what is rejected cannot be shown.");
    }
}
