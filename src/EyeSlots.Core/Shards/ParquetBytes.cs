using EyeSlots.Core.Shards.Format;
using Parquet;
using Parquet.Schema;

namespace EyeSlots.Core.Shards;

/// <summary>Lays columns out as a Parquet file in memory, in row groups and without statistics.</summary>
internal static class ParquetBytes
{
    /// <summary>Writes a file.</summary>
    /// <param name="schema">The columns.</param>
    /// <param name="rows">Rows of every column.</param>
    /// <param name="metadata">The footer's entries, in order.</param>
    /// <param name="stream">Where the file grows; empty.</param>
    /// <param name="writeGroup">Writes all columns of a range of rows.</param>
    /// <param name="groupRows">Rows of a row group.</param>
    public static async Task<ReadOnlyMemory<byte>> WriteAsync(
        ParquetSchema schema, int rows, Dictionary<string, string> metadata, MemoryStream stream, Func<ParquetRowGroupWriter, int, int, Task> writeGroup,
        int groupRows = ShardSchema.RowGroupRows)
    {
        await using (var writer = await ParquetWriter.CreateAsync(schema, stream, ShardSchema.Options).ConfigureAwait(false))
        {
            writer.CustomMetadata = metadata;
            for (var start = 0; start < rows; start += groupRows)
            {
                using var group = writer.CreateRowGroup();
                await writeGroup(group, start, Math.Min(groupRows, rows - start)).ConfigureAwait(false);
                group.CompleteValidate();
            }
        }

        return new StatisticsRemoval(stream.GetBuffer().AsMemory(0, (int)stream.Length)).Run();
    }
}
