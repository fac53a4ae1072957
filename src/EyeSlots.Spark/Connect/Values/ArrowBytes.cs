using Apache.Arrow;
using Apache.Arrow.Ipc;

namespace EyeSlots.Spark.Connect.Values;

/// <summary>Batches as one Arrow stream, checked first: the writer writes whatever it is given, and Spark's words for that are odd.</summary>
internal static class ArrowBytes
{
    public static ReadOnlyMemory<byte> Of(Schema schema, IEnumerable<RecordBatch> batches)
    {
        if (schema.FieldsList.Count == 0) throw new ArgumentException("A data frame needs at least one column.", nameof(schema));
        _ = SparkTypes.ToSpark(schema);
        var stream = new MemoryStream();
        using var writer = new ArrowStreamWriter(stream, schema, leaveOpen: true);
        writer.WriteStart();
        foreach (var batch in batches)
        {
            BatchCheck.Require(schema, batch);
            writer.WriteRecordBatch(batch);
        }

        // Disposing the writer would not end the stream.
        writer.WriteEnd();
        return stream.GetBuffer().AsMemory(0, checked((int)stream.Length));
    }
}
