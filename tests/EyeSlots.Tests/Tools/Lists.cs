using System.Text;
using EyeSlots.Core;
using EyeSlots.Core.Annotations;

namespace EyeSlots.Tests.Tools;

/// <summary>A row as it was read, kept.</summary>
internal sealed record ReadRow(string ImagePath, int? Expression, float? Valence, float? Arousal, Rejection? Defect, double[] Landmarks, string RawText);

/// <summary>Reads whole lists.</summary>
internal static class Lists
{
    public static List<ReadRow> Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    public static List<ReadRow> Read(byte[] bytes) => ReadAsync(new MemoryStream(bytes)).GetAwaiter().GetResult();

    public static async Task<List<ReadRow>> ReadAsync(Stream stream)
    {
        await using var reader = await CsvAnnotationReader.OpenAsync("training", stream, CancellationToken.None);
        return await AllAsync(reader);
    }

    public static async Task<List<ReadRow>> AllAsync(IAnnotationReader reader)
    {
        List<ReadRow> rows = [];
        var batch = new AnnotationBatch();
        while (await reader.ReadAsync(batch, CancellationToken.None))
        {
            foreach (var row in batch.Rows) rows.Add(new(row.ImagePath, row.Expression, row.Valence, row.Arousal, row.Defect, [.. row.Landmarks], row.RawText));
        }

        return rows;
    }

    /// <summary>The code of the failure that must come; anything else fails the test.</summary>
    public static string CodeOf(Action action) => Assert.Throws<EyeSlotsException>(action).Code;
}
