using Parquet;
using Parquet.Schema;

namespace EyeSlots.Core.Shards;

/// <summary>Writes rows, and the crops that stand beside them, as a shard's bytes.</summary>
internal static class ShardWriter
{
    public static Task<ReadOnlyMemory<byte>> WriteAsync(
        IReadOnlyList<ShardRow> rows, List<ReadOnlyMemory<byte>> slots, ShardMetadata metadata, FileRoom room) =>
        ParquetBytes.WriteAsync(ShardSchema.Shard, rows.Count, metadata.ToEntries(), room, async (group, start, count) =>
        {
            await group.WriteAsync(ShardSchema.List, Take(start, count, at => rows[at].Key.List)).ConfigureAwait(false);
            await group.WriteAsync(ShardSchema.ImagePath, Take(start, count, at => rows[at].Key.ImagePath)).ConfigureAwait(false);
            await Numbers(group, ShardSchema.FaceIndex, start, count, at => rows[at].Key.FaceIndex).ConfigureAwait(false);
            await Numbers(group, ShardSchema.Slot, start, count, static _ => ReadOnlyMemory<byte>.Empty).ConfigureAwait(false);
            await Numbers(group, ShardSchema.Width, start, count, at => rows[at].Width).ConfigureAwait(false);
            await Numbers(group, ShardSchema.Height, start, count, at => rows[at].Height).ConfigureAwait(false);
            await WriteGeometryAsync(group, rows, start, count).ConfigureAwait(false);
            await Numbers(group, ShardSchema.Coverage, start, count, at => rows[at].Coverage).ConfigureAwait(false);
            await Numbers(group, ShardSchema.ImageWidth, start, count, at => rows[at].ImageWidth).ConfigureAwait(false);
            await Numbers(group, ShardSchema.ImageHeight, start, count, at => rows[at].ImageHeight).ConfigureAwait(false);
            await Labels(group, ShardSchema.Expression, start, count, at => rows[at].Expression).ConfigureAwait(false);
            await Labels(group, ShardSchema.Valence, start, count, at => rows[at].Valence).ConfigureAwait(false);
            await Labels(group, ShardSchema.Arousal, start, count, at => rows[at].Arousal).ConfigureAwait(false);
        }, large: (ShardSchema.Slot, slots));

    internal static T[] Take<T>(int start, int count, Func<int, T> value)
    {
        var values = new T[count];
        for (var i = 0; i < count; i++) values[i] = value(start + i);
        return values;
    }

    internal static Task Numbers<T>(ParquetRowGroupWriter group, DataField field, int start, int count, Func<int, T> value)
        where T : struct => group.WriteAsync<T>(field, new ReadOnlyMemory<T>(Take(start, count, value)));

    internal static Task Labels<T>(ParquetRowGroupWriter group, DataField field, int start, int count, Func<int, T?> value)
        where T : struct => group.WriteAsync<T>(field, new ReadOnlyMemory<T?>(Take(start, count, value)));

    private static async Task WriteGeometryAsync(ParquetRowGroupWriter group, IReadOnlyList<ShardRow> rows, int start, int count)
    {
        await Numbers(group, ShardSchema.CenterX, start, count, at => rows[at].Geometry.CenterX).ConfigureAwait(false);
        await Numbers(group, ShardSchema.CenterY, start, count, at => rows[at].Geometry.CenterY).ConfigureAwait(false);
        await Numbers(group, ShardSchema.BoxWidth, start, count, at => rows[at].Geometry.Width).ConfigureAwait(false);
        await Numbers(group, ShardSchema.BoxHeight, start, count, at => rows[at].Geometry.Height).ConfigureAwait(false);
        await Numbers(group, ShardSchema.Theta, start, count, at => rows[at].Theta).ConfigureAwait(false);
    }
}
