using EyeSlots.Core.Annotations;

namespace EyeSlots.Core.Shards;

/// <summary>Writes rejected rows as a quarantine file's bytes.</summary>
internal static class QuarantineWriter
{
    public static Task<ReadOnlyMemory<byte>> WriteAsync(IReadOnlyList<QuarantineRow> rows) =>
        ParquetBytes.WriteAsync(ShardSchema.Quarantine, rows.Count, [], new(), async (group, start, count) =>
        {
            await group.WriteAsync(ShardSchema.List, ShardWriter.Take(start, count, at => rows[at].Key.List)).ConfigureAwait(false);
            await group.WriteAsync(ShardSchema.ImagePath, ShardWriter.Take(start, count, at => rows[at].Key.ImagePath)).ConfigureAwait(false);
            await ShardWriter.Numbers(group, ShardSchema.FaceIndex, start, count, at => rows[at].Key.FaceIndex).ConfigureAwait(false);
            await group.WriteAsync(ShardSchema.Code, ShardWriter.Take(start, count, at => rows[at].Code.Text())).ConfigureAwait(false);
            await group.WriteAsync(ShardSchema.Detail, ShardWriter.Take(start, count, at => rows[at].Detail)).ConfigureAwait(false);
        });
}
