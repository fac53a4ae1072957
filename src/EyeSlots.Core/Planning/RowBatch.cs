using System.Buffers;
using EyeSlots.Core.Annotations;
using Microsoft.Extensions.Logging;

namespace EyeSlots.Core.Planning;

/// <summary>Some rows of a list on their way to the spool: read by one thread, then made into records by any other.</summary>
internal sealed class RowBatch
{
    private const int MostRows = 128;

    /// <summary>Characters at which a batch is full: a record of a damaged list may have millions.</summary>
    private const int MostText = 1 << 20;

    private readonly AnnotationRow[] rows = new AnnotationRow[MostRows];
    private readonly PlannedFace[] faces = new PlannedFace[MostRows];
    private readonly ArrayBufferWriter<byte> record = new(4096);
    private readonly ArrayBufferWriter<byte> records = new(MostRows * 600);

    /// <summary>Rows that were read.</summary>
    public int Count { get; private set; }

    /// <summary>Reads rows until the batch is full; false at the end of the list.</summary>
    public bool Fill(IAnnotationReader reader)
    {
        Count = 0;
        for (var text = 0; Count < MostRows && text < MostText; text += rows[Count++].TextLength)
        {
            if (!reader.Read(rows[Count] ??= new())) return false;
        }

        return true;
    }

    /// <summary>Makes the records; returns this batch.</summary>
    public RowBatch Encode()
    {
        records.ResetWrittenCount();
        for (var i = 0; i < Count; i++)
        {
            FaceRecord.Write(rows[i], record);
            faces[i] = new(PlannedFace.HashOf(rows[i].ImagePath), records.WrittenCount);
            records.Write(record.WrittenSpan);
        }

        return this;
    }

    /// <summary>Appends the records to the spool and the faces to the plan, and logs what is wrong with which line.</summary>
    public void AppendTo(FaceSpool spool, List<PlannedFace> planned, string list, ILogger log)
    {
        for (var i = 0; i < Count; i++)
        {
            var (start, end) = ((int)faces[i].Record, i + 1 < Count ? (int)faces[i + 1].Record : records.WrittenCount);
            planned.Add(new(faces[i].Hash, spool.Append(records.WrittenSpan[start..end])));
            if (rows[i].Defect is { } defect) log.LogDebug("{List} line {Line}: {Code}: {Detail}", list, rows[i].Line, defect.Code, defect.Detail);
        }
    }
}
