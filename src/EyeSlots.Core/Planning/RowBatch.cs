using EyeSlots.Core.Annotations;
using Microsoft.Extensions.Logging;

namespace EyeSlots.Core.Planning;

/// <summary>Some rows of a list on their way to the spool: read by one thread, then made into records by any other.</summary>
internal sealed class RowBatch
{
    private readonly PlannedFace[] faces = new PlannedFace[AnnotationBatch.MostRows];
    private readonly PackedWriter records = new(AnnotationBatch.MostRows * 300);

    /// <summary>The rows, filled by a reader.</summary>
    public AnnotationBatch Rows { get; } = new();

    /// <summary>Makes the records; returns this batch.</summary>
    public RowBatch Encode()
    {
        records.Shorten(0);
        var at = 0;
        foreach (var row in Rows.Rows)
        {
            faces[at++] = new(PlannedFace.HashOf(row.ImagePath), records.Count);
            FaceRecord.Write(row, records);
        }

        return this;
    }

    /// <summary>Appends the records to the spool and the faces to the plan, says which image is needed, and logs what is wrong with which line.</summary>
    public void AppendTo(FaceSpool spool, FaceOrder planned, ImageLocator images, string list, ILogger log)
    {
        for (var i = 0; i < Rows.Count; i++)
        {
            var (start, end) = ((int)faces[i].Record, i + 1 < Rows.Count ? (int)faces[i + 1].Record : records.Count);
            planned.Add(new(faces[i].Hash, spool.Append(records.Written[start..end])));
            var row = Rows.Rows[i];
            if (row.Defect?.Code != RejectCode.AnnotationInvalid) images.Expect(row.ImagePath, faces[i].Hash);
            if (row.Defect is { } defect) log.LogDebug("{List} line {Line}: {Code}: {Detail}", list, row.Line, defect.Code, defect.Detail);
        }
    }
}
