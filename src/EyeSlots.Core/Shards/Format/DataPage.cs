namespace EyeSlots.Core.Shards.Format;

/// <summary>The one page of a column chunk. Whatever our writer does not write is refused: other encodings, dictionaries, a second page.</summary>
internal static class DataPage
{
    private const int OfValues = 0, Plain = 0, RunLength = 3;

    /// <summary>The page's values, levels included, without its header.</summary>
    /// <param name="chunk">The whole chunk.</param>
    /// <param name="rows">The row group's.</param>
    /// <exception cref="FormatException">The page is another one, or damaged.</exception>
    public static ReadOnlyMemory<byte> Body(ReadOnlyMemory<byte> chunk, int rows)
    {
        var reader = new ThriftReader(chunk.Span);
        var (length, found) = (0, false);
        for (var id = 0; reader.Next(ref id, out var type);)
        {
            switch (id, type)
            {
                case (1, ThriftType.Int32): Demand(reader.Int32() == OfValues); break;
                case (2, ThriftType.Int32): length = reader.Int32(); break;
                case (3, ThriftType.Int32): Demand(reader.Int32() == length); break;
                case (5, ThriftType.Struct):
                    CheckHeader(ref reader, rows);
                    found = true;
                    break;
                default: throw ThriftReader.Damaged();
            }
        }

        Demand(found && length == chunk.Length - reader.Position);
        return chunk[reader.Position..];
    }

    private static void CheckHeader(ref ThriftReader reader, int rows)
    {
        var encoding = -1;
        for (var id = 0; reader.Next(ref id, out var type);)
        {
            switch (id, type)
            {
                case (1, ThriftType.Int32): Demand(reader.Int32() == rows); break;
                case (2, ThriftType.Int32): encoding = reader.Int32(); break;
                case (3 or 4, ThriftType.Int32): Demand(reader.Int32() == RunLength); break;
                case (5, ThriftType.Struct): reader.Skip(type); break; // statistics: schema version 1 had them
                default: throw ThriftReader.Damaged();
            }
        }

        Demand(encoding == Plain);
    }

    private static void Demand(bool holds)
    {
        if (!holds) throw ThriftReader.Damaged();
    }
}
