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
    /// <param name="room">Where the file is made; the bytes are good until it is used again.</param>
    /// <param name="writeGroup">Writes all columns of a range of rows.</param>
    /// <param name="groupRows">Rows of a row group.</param>
    /// <param name="large">A column of which empty values are written, and the values that it has.</param>
    public static async Task<ReadOnlyMemory<byte>> WriteAsync(
        ParquetSchema schema, int rows, Dictionary<string, string> metadata, FileRoom room, Func<ParquetRowGroupWriter, int, int, Task> writeGroup,
        int groupRows = ShardSchema.RowGroupRows, (DataField Column, List<ReadOnlyMemory<byte>> Values)? large = null)
    {
        room.Written.SetLength(0);
        await using (var writer = await ParquetWriter.CreateAsync(schema, room.Written, ShardSchema.Options).ConfigureAwait(false))
        {
            writer.CustomMetadata = metadata;
            for (var start = 0; start < rows; start += groupRows)
            {
                using var group = writer.CreateRowGroup();
                await writeGroup(group, start, Math.Min(groupRows, rows - start)).ConfigureAwait(false);
                group.CompleteValidate();
            }
        }

        var written = room.Written.GetBuffer().AsMemory(0, (int)room.Written.Length);
        var values = new LargeValues(
            large is { } one ? Array.IndexOf(schema.DataFields, one.Column) : -1, schema.DataFields.Length, groupRows, rows, large?.Values ?? []);
        return new FinalCopy(written, room.File, values).Run();
    }
}
