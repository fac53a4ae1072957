using EyeSlots.Core.Annotations;
using EyeSlots.Core.Shards.Format;

namespace EyeSlots.Core.Shards;

/// <summary>Reads the rows of a quarantine file.</summary>
public static class QuarantineReader
{
    /// <summary>All rows in order.</summary>
    /// <param name="quarantine">The whole file.</param>
    /// <param name="name">Names it in errors.</param>
    /// <exception cref="EyeSlotsException">The bytes are no quarantine file, or hold a code that this version does not know: dataset-damaged.</exception>
    public static IReadOnlyList<QuarantineRow> Read(ReadOnlyMemory<byte> quarantine, string name = "The quarantine file") => DamagedFile.Guard(name, () =>
    {
        List<QuarantineRow> rows = [];
        foreach (var group in FileFooter.Of(quarantine.Span, ShardSchema.Quarantine).RowGroups)
        {
            T[] Column<T>(ShardColumn<T> column)
            {
                var chunk = group.Columns[Array.IndexOf(ShardSchema.Quarantine.DataFields, column.Field)];
                return column.Decode(quarantine.Slice((int)chunk.Offset, chunk.Length), group.Rows);
            }

            var (lists, paths, faces) = (Column(ShardColumns.List), Column(ShardColumns.ImagePath), Column(ShardColumns.FaceIndex));
            var (codes, details) = (Column(ShardColumns.Code), Column(ShardColumns.Detail));
            for (var i = 0; i < group.Rows; i++) rows.Add(new(new(lists[i], paths[i], faces[i]), RejectCodes.Parse(codes[i]), details[i]));
        }

        return (IReadOnlyList<QuarantineRow>)rows;
    });
}
