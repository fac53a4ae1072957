using Parquet.Schema;

namespace EyeSlots.Core.Shards.Format;

/// <summary>Where the values of one column of one row group lie: one page, its header included.</summary>
/// <param name="Offset">From the file's start.</param>
/// <param name="Length">Bytes.</param>
internal readonly record struct ColumnChunk(long Offset, int Length);

/// <summary>A row group as a footer describes it.</summary>
/// <param name="Rows">1 to <see cref="ShardSchema.RowGroupRows"/>.</param>
/// <param name="Columns">In the order of the schema, one behind the other.</param>
internal sealed record RowGroup(int Rows, IReadOnlyList<ColumnChunk> Columns)
{
    private const int Uncompressed = 0;

    /// <summary>Reads the description of a row group.</summary>
    /// <param name="reader">Stands at its struct.</param>
    /// <param name="schema">The file's columns.</param>
    /// <param name="end">Where the row group before ends; becomes the end of this one.</param>
    /// <exception cref="FormatException">Not a row group that our writer makes.</exception>
    public static RowGroup Read(ref ThriftReader reader, ParquetSchema schema, ref long end)
    {
        var (rows, columns) = (0L, new List<ColumnChunk>(schema.DataFields.Length));
        var values = -1L;
        for (var id = 0; reader.Next(ref id, out var type);)
        {
            switch (id, type)
            {
                case (1, ThriftType.List):
                    Demand(reader.List(ThriftType.Struct) == schema.DataFields.Length);
                    foreach (var field in schema.DataFields) columns.Add(ReadChunk(ref reader, field, ref end, ref values));
                    break;
                case (3, ThriftType.Int64): rows = reader.Signed(); break;
                case (2 or 6, ThriftType.Int64): reader.Signed(); break; // sums of what the columns say
                default: throw ThriftReader.Damaged();
            }
        }

        Demand(rows is > 0 and <= ShardSchema.RowGroupRows && rows == values);
        return new((int)rows, columns);
    }

    private static ColumnChunk ReadChunk(ref ThriftReader reader, DataField field, ref long end, ref long values)
    {
        ColumnChunk? chunk = null;
        for (var id = 0; reader.Next(ref id, out var type);)
        {
            switch (id, type)
            {
                case (2, ThriftType.Int64): Demand(reader.Signed() == end); break;
                case (3, ThriftType.Struct): chunk = ReadMetadata(ref reader, field, end, ref values); break;
                default: throw ThriftReader.Damaged();
            }
        }

        Demand(chunk is not null);
        end += chunk!.Value.Length;
        return chunk.Value;
    }

    private static ColumnChunk ReadMetadata(ref ThriftReader reader, DataField field, long start, ref long values)
    {
        var (length, offset) = (0, 0L);
        for (var id = 0; reader.Next(ref id, out var type);)
        {
            switch (id, type)
            {
                case (1, ThriftType.Int32): Demand(reader.Int32() == SchemaElement.PhysicalTypeOf(field)); break;
                case (2, ThriftType.List):
                    for (var count = reader.List(ThriftType.Int32); count > 0; count--) reader.Int32(); // each page says its own again
                    break;
                case (3, ThriftType.List): Demand(reader.List(ThriftType.Binary) == 1 && reader.Text() == field.Name); break;
                case (4, ThriftType.Int32): Demand(reader.Int32() == Uncompressed); break;
                case (5, ThriftType.Int64): Agree(ref values, reader.Signed()); break;
                case (6, ThriftType.Int64): length = reader.Int32(); break;
                case (7, ThriftType.Int64): Demand(reader.Int32() == length); break;
                case (9, ThriftType.Int64): offset = reader.Signed(); break;
                case (12, ThriftType.Struct): reader.Skip(type); break; // statistics: schema version 1 had them
                default: throw ThriftReader.Damaged();
            }
        }

        Demand(length > 0 && offset == start);
        return new(offset, length);
    }

    private static void Agree(ref long values, long more)
    {
        Demand(values < 0 || values == more);
        values = more;
    }

    private static void Demand(bool holds)
    {
        if (!holds) throw ThriftReader.Damaged();
    }
}
