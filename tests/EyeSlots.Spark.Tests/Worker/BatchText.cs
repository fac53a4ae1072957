using Apache.Arrow;

namespace EyeSlots.Spark.Tests.Worker;

/// <summary>A batch as text, one line a row, equal where the values are.</summary>
internal static class BatchText
{
    internal static IEnumerable<string> Rows(RecordBatch batch) =>
        Enumerable.Range(0, batch.Length).Select(row => string.Join(" | ", batch.Arrays.Select(column => Cell(column, row))));

    internal static IEnumerable<string> Names(RecordBatch batch) => batch.Column(0) is StructArray rows
        ? ((Apache.Arrow.Types.StructType)rows.Data.DataType).Fields.Select(field => $"{field.Name} {field.DataType.Name}")
        : [];

    private static string Cell(IArrowArray column, int row)
    {
        if (column is StructArray rows) return "(" + string.Join(" | ", rows.Fields.Select(field => Cell(field, row))) + ")";
        if (column.IsNull(row)) return "null";
        return column switch
        {
            BooleanArray array => array.GetValue(row).ToString()!,
            Int32Array array => array.GetValue(row).ToString()!,
            Int64Array array => array.GetValue(row).ToString()!,
            FloatArray array => array.GetValue(row)!.Value.ToString("R"),
            DoubleArray array => array.GetValue(row)!.Value.ToString("R"),
            StringArray array => array.GetString(row),
            BinaryArray array => Convert.ToHexString(array.GetBytes(row)),
            TimestampArray array => array.GetValue(row).ToString()!,
            Date32Array array => array.GetValue(row).ToString()!,
            _ => throw new NotSupportedException(column.GetType().Name),
        };
    }
}
