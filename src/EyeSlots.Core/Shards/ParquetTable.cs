using Parquet.Schema;

namespace EyeSlots.Core.Shards;

/// <summary>Lays a table that is no shard out as a Parquet file.</summary>
public static class ParquetTable
{
    private const int GroupRows = 1 << 16;

    /// <summary>The file's bytes: the same for the same rows.</summary>
    /// <typeparam name="TRow">One row.</typeparam>
    /// <param name="columns">In the order of the file.</param>
    /// <param name="rows">All rows.</param>
    public static Task<ReadOnlyMemory<byte>> WriteAsync<TRow>(IReadOnlyList<TableColumn<TRow>> columns, IReadOnlyList<TRow> rows) =>
        ParquetBytes.WriteAsync(new ParquetSchema(columns.Select(column => column.Field)), rows.Count, [], new(), async (group, start, count) =>
        {
            foreach (var column in columns) await column.WriteAsync(group, rows, start, count).ConfigureAwait(false);
        }, GroupRows);
}
