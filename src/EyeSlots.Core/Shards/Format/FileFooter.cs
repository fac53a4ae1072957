using System.Buffers.Binary;
using Parquet.Schema;

namespace EyeSlots.Core.Shards.Format;

/// <summary>
/// The footer of a shard or a quarantine file. Only what our writer writes is one: the columns of the schema, not compressed, pages
/// that lie one behind the other from the file's fourth byte to its footer, and row groups of at most <see cref="ShardSchema.RowGroupRows"/>.
/// </summary>
/// <param name="Entries">The file's own metadata.</param>
/// <param name="RowGroups">In the order of the file.</param>
internal sealed record FileFooter(IReadOnlyDictionary<string, string> Entries, IReadOnlyList<RowGroup> RowGroups)
{
    /// <summary>Bytes behind a footer: its length and the format's mark.</summary>
    public const int TailBytes = 8;

    /// <summary>Bytes of a file that holds nothing but marks and its footer's length.</summary>
    public const int LeastFileBytes = 12;

    /// <summary>Room for the row groups of four million rows.</summary>
    private const int MostBytes = 16 << 20;

    /// <summary>A bit for each field that no footer lacks; 5, the file's own metadata, is not among them.</summary>
    private const int Required = 0b101_1110;

    private static ReadOnlySpan<byte> Mark => "PAR1"u8;

    /// <summary>The length of the footer that a file's last <see cref="TailBytes"/> state.</summary>
    /// <exception cref="FormatException">The file is shorter than that, or no Parquet file.</exception>
    public static int LengthOf(ReadOnlySpan<byte> tail, long file)
    {
        if (!tail.EndsWith(Mark)) throw new FormatException("it is no Parquet file");
        var length = BinaryPrimitives.ReadInt32LittleEndian(tail);
        return length is > 0 and <= MostBytes && length <= file - LeastFileBytes ? length : throw ThriftReader.Damaged();
    }

    /// <summary>Finds and reads the footer of a whole file.</summary>
    /// <exception cref="FormatException">It is not one that our writer makes for these columns.</exception>
    public static FileFooter Of(ReadOnlySpan<byte> file, ParquetSchema schema)
    {
        if (file.Length < LeastFileBytes || !file.StartsWith(Mark)) throw new FormatException("it is no Parquet file");
        var length = LengthOf(file[^TailBytes..], file.Length);
        return Read(file.Slice(file.Length - TailBytes - length, length), file.Length - TailBytes - length, schema);
    }

    /// <summary>Reads a footer.</summary>
    /// <param name="footer">Its bytes.</param>
    /// <param name="start">Where it begins in the file: pages lie before.</param>
    /// <param name="schema">The columns that the file must have.</param>
    /// <exception cref="FormatException">It is not one that our writer makes for these columns.</exception>
    public static FileFooter Read(ReadOnlySpan<byte> footer, long start, ParquetSchema schema)
    {
        var reader = new ThriftReader(footer);
        Dictionary<string, string> entries = [];
        List<RowGroup> groups = [];
        var (rows, end, found) = (0L, (long)Mark.Length, 0);
        for (var id = 0; reader.Next(ref id, out var type);)
        {
            switch (id, type)
            {
                case (1, ThriftType.Int32): reader.Int32(); break;
                case (2, ThriftType.List): SchemaElement.Check(ref reader, schema); break;
                case (3, ThriftType.Int64): rows = reader.Signed(); break;
                case (4, ThriftType.List):
                    for (var count = reader.List(ThriftType.Struct); count > 0; count--) groups.Add(RowGroup.Read(ref reader, schema, ref end));
                    break;
                case (5, ThriftType.List): ReadEntries(ref reader, entries); break;
                case (6, ThriftType.Binary): reader.Binary(); break;
                default: throw ThriftReader.Damaged();
            }

            found |= 1 << id;
        }

        if ((found & Required) != Required || !reader.IsAtEnd || end != start || rows != groups.Sum(group => (long)group.Rows)) throw ThriftReader.Damaged();
        return new(entries, groups);
    }

    /// <summary>Where columns lie, in the order of the file.</summary>
    public IEnumerable<ColumnChunk> ChunksOf(IEnumerable<ShardColumn> columns)
    {
        int[] places = [.. columns.Select(column => Array.IndexOf(ShardSchema.Shard.DataFields, column.Field)).Order()];
        return RowGroups.SelectMany(group => places.Select(place => group.Columns[place]));
    }

    private static void ReadEntries(ref ThriftReader reader, Dictionary<string, string> entries)
    {
        for (var count = reader.List(ThriftType.Struct); count > 0; count--)
        {
            var (key, value) = ("", "");
            for (var id = 0; reader.Next(ref id, out var type);)
            {
                switch (id, type)
                {
                    case (1, ThriftType.Binary): key = reader.Text(); break;
                    case (2, ThriftType.Binary): value = reader.Text(); break;
                    default: throw ThriftReader.Damaged();
                }
            }

            if (!entries.TryAdd(key, value)) throw new FormatException($"its footer has two entries '{key}'");
        }
    }
}
