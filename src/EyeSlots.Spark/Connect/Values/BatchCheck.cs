using Apache.Arrow;
using Apache.Arrow.Types;

namespace EyeSlots.Spark.Connect.Values;

/// <summary>Whether a batch is what its schema says.</summary>
internal static class BatchCheck
{
    /// <summary>Throws <see cref="ArgumentException"/> that names the column.</summary>
    public static void Require(Schema schema, RecordBatch batch)
    {
        if (batch.ColumnCount != schema.FieldsList.Count)
            throw new ArgumentException($"A batch has {batch.ColumnCount} columns, the schema {schema.FieldsList.Count}.");
        for (var i = 0; i < batch.ColumnCount; i++) Require(schema.GetFieldByIndex(i), batch.Column(i).Data, batch.Length);
    }

    private static void Require(Field field, ArrayData data, int length)
    {
        if (data.Length != length)
            throw new ArgumentException($"Column '{field.Name}' has {data.Length} values, its batch {length} rows.");
        if (data.DataType.TypeId != field.DataType.TypeId)
            throw new ArgumentException($"Column '{field.Name}' holds {data.DataType.Name}, its schema says {field.DataType.Name}.");
        if (!field.IsNullable && data.DataType.TypeId != ArrowTypeId.Null && data.GetNullCount() > 0)
            throw new ArgumentException($"Column '{field.Name}' has nulls, its schema allows none.");
        if (field.DataType is not StructType inner || data.Offset != 0) return;
        for (var i = 0; i < inner.Fields.Count; i++) RequireChild(field, inner.Fields[i], data.Children[i], length);
    }

    private static void RequireChild(Field parent, Field child, ArrayData data, int length)
    {
        if (data.Length < length)
            throw new ArgumentException($"Column '{parent.Name}.{child.Name}' has {data.Length} values, its struct {length} rows.");
    }
}
