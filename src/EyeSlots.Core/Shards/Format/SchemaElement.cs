using Parquet.Schema;

namespace EyeSlots.Core.Shards.Format;

/// <summary>The columns as a footer names them, compared with those that a file must have.</summary>
internal static class SchemaElement
{
    private const int Required = 0, Optional = 1, Utf8 = 0, SignedInt32 = 17;

    /// <summary>The number of a column's type in the format.</summary>
    public static int PhysicalTypeOf(DataField field) => Type.GetTypeCode(field.ClrType) switch
    {
        TypeCode.Int32 => 1,
        TypeCode.Single => 4,
        TypeCode.Double => 5,
        _ => 6, // bytes, and text as bytes
    };

    /// <summary>Reads the schema's list: a root, and every column below it in order.</summary>
    /// <exception cref="FormatException">They are other columns.</exception>
    public static void Check(ref ThriftReader reader, ParquetSchema schema)
    {
        if (reader.List(ThriftType.Struct) != schema.DataFields.Length + 1) throw Other();
        CheckRoot(ref reader, schema.DataFields.Length);
        foreach (var field in schema.DataFields) CheckColumn(ref reader, field);
    }

    private static void CheckRoot(ref ThriftReader reader, int columns)
    {
        var children = 0;
        for (var id = 0; reader.Next(ref id, out var type);)
        {
            switch (id, type)
            {
                case (4, ThriftType.Binary): reader.Binary(); break;
                case (5, ThriftType.Int32): children = reader.Int32(); break;
                default: throw Other();
            }
        }

        if (children != columns) throw Other();
    }

    private static void CheckColumn(ref ThriftReader reader, DataField field)
    {
        var (physical, repetition, name, converted) = (-1, -1, "", -1);
        for (var id = 0; reader.Next(ref id, out var type);)
        {
            switch (id, type)
            {
                case (1, ThriftType.Int32): physical = reader.Int32(); break;
                case (3, ThriftType.Int32): repetition = reader.Int32(); break;
                case (4, ThriftType.Binary): name = reader.Text(); break;
                case (6, ThriftType.Int32): converted = reader.Int32(); break;
                case (10, ThriftType.Struct): reader.Skip(type); break; // says what the converted type says
                default: throw Other();
            }
        }

        var meaning = field.ClrType == typeof(ReadOnlyMemory<char>) ? Utf8 : field.ClrType == typeof(int) ? SignedInt32 : -1;
        if ((physical, repetition, name, converted) != (PhysicalTypeOf(field), field.IsNullable ? Optional : Required, field.Name, meaning)) throw Other();
    }

    private static FormatException Other() => new("its columns are other ones");
}
