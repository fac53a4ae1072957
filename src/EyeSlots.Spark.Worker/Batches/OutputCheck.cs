using Apache.Arrow;
using EyeSlots.Spark.Worker.Protocol;

namespace EyeSlots.Spark.Worker.Batches;

/// <summary>Holds a function's output against its declared schema and against what Spark takes.</summary>
internal static class OutputCheck
{
    /// <exception cref="OutputException">The schema has no column, or one of a type that Spark cannot take.</exception>
    internal static void Declared(Schema schema, ProtocolLevel level)
    {
        if (schema.FieldsList.Count == 0) throw new OutputException("The output schema has no column.");
        foreach (var field in schema.FieldsList)
        {
            if (ArrowTypes.FirstRefused(field.DataType, level) is { } refused)
                throw Wrong(field.Name, $"has the type {ArrowTypes.TextOf(refused)}, which Spark cannot take from a worker");
        }
    }

    /// <exception cref="OutputException">
    /// Columns are missing, too many, of another name, type or length, damaged, or null where they must not be.
    /// </exception>
    internal static void Batch(RecordBatch batch, Schema declared)
    {
        if (batch.ColumnCount != declared.FieldsList.Count)
            throw new OutputException($"An output batch has {batch.ColumnCount} columns; {declared.FieldsList.Count} are declared.");

        for (var index = 0; index < batch.ColumnCount; index++)
            Column(declared.FieldsList[index], batch.Schema.FieldsList[index].Name, batch.Column(index), batch.Length);
    }

    private static void Column(Field declared, string name, IArrowArray column, int rows)
    {
        if (name != declared.Name) throw new OutputException($"Output column '{name}' stands where '{declared.Name}' is declared.");
        var (type, wanted) = (ArrowTypes.TextOf(column.Data.DataType), ArrowTypes.TextOf(declared.DataType));
        if (type != wanted) throw Wrong(name, $"has the type {type}; {wanted} is declared");
        if (column.Length != rows) throw Wrong(name, $"has {column.Length} values in a batch of {rows} rows");
        if (ArrayLayout.FaultOf(column.Data) is { } fault) throw Wrong(name, fault);
        if (!declared.IsNullable && column.NullCount > 0) throw Wrong(name, $"has {column.NullCount} nulls, but is declared without");
    }

    private static OutputException Wrong(string column, string fault) => new($"Output column '{column}' {fault}.");
}
