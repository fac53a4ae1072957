using EyeSlots.Spark.Worker.Protocol;

namespace EyeSlots.Spark.Worker.Batches;

/// <summary>
/// Checks the metadata of an Arrow message before Apache.Arrow reads it, because that allocates for every count that is claimed.
/// Field numbers are those of Arrow's Message.fbs and Schema.fbs.
/// </summary>
internal static class ArrowMetadata
{
    private const int SchemaMessage = 1, RecordBatchMessage = 3;
    private const int DeepestField = 64, MostFields = 100_000;

    /// <summary>
    /// Null, Int, FloatingPoint, Binary, Utf8, Bool, Decimal, Date, Time, Timestamp, Interval, List, Struct, Map, Duration,
    /// LargeBinary, LargeUtf8.
    /// </summary>
    private static readonly byte[] TypesOfSpark = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 17, 18, 19, 20];

    /// <returns>The length of the message's body, not yet bounded.</returns>
    /// <exception cref="WireFormatException">The metadata is damaged, or is of a message that Spark does not send.</exception>
    internal static long Check(ReadOnlySpan<byte> metadata, bool first)
    {
        var message = FlatTable.Root(metadata);
        var kind = message.Byte(1);
        if (kind != (first ? SchemaMessage : RecordBatchMessage))
            throw new WireFormatException($"An Arrow message of kind {kind} came where a {(first ? "schema" : "record batch")} was expected.");

        var header = message.Table(2);
        if (first) CheckSchema(header);
        else CheckBatch(header);
        return message.Int64(3);
    }

    private static void CheckSchema(FlatTable schema)
    {
        var left = MostFields;
        schema.Count(2, 4);
        for (var index = schema.Count(1, 4) - 1; index >= 0; index--) CheckField(schema.Entry(1, index), DeepestField, ref left);
    }

    private static void CheckField(FlatTable field, int depth, ref int left)
    {
        if (depth == 0 || --left < 0) throw new WireFormatException("The input's schema is too large.");
        if (Array.IndexOf(TypesOfSpark, field.Byte(2)) < 0 || field.Has(4))
            throw new WireFormatException($"The input's schema has a type that Spark does not send ({field.Byte(2)}).");

        field.Count(6, 4);
        for (var index = field.Count(5, 4) - 1; index >= 0; index--) CheckField(field.Entry(5, index), depth - 1, ref left);
    }

    private static void CheckBatch(FlatTable batch)
    {
        if (batch.Has(3))
            throw new WireFormatException("The input is compressed: set the session's spark.sql.execution.arrow.compression.codec to none.");

        batch.Count(1, 16);
        batch.Count(2, 16);
    }
}
