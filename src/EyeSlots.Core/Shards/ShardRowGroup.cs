using EyeSlots.Core.Geometry;
using EyeSlots.Core.Shards.Format;

namespace EyeSlots.Core.Shards;

/// <summary>Up to 256 rows of a shard, column by column or as rows.</summary>
public sealed class ShardRowGroup
{
    private readonly string name;
    private readonly RowGroup group;
    private readonly Func<ColumnChunk, ReadOnlyMemory<byte>?> bytes;

    internal ShardRowGroup(string name, RowGroup group, Func<ColumnChunk, ReadOnlyMemory<byte>?> bytes) =>
        (this.name, this.group, this.bytes) = (name, group, bytes);

    /// <summary>The number of rows.</summary>
    public int RowCount => group.Rows;

    /// <summary>Reads a column: a value for each row. The values themselves are whatever the file holds.</summary>
    /// <exception cref="EyeSlotsException">The column is damaged: dataset-damaged.</exception>
    /// <exception cref="InvalidOperationException">The shard was opened without this column.</exception>
    public T[] Read<T>(ShardColumn<T> column)
    {
        var chunk = group.Columns[Array.IndexOf(ShardSchema.Shard.DataFields, column.Field)];
        var held = bytes(chunk) ?? throw new InvalidOperationException($"{name} was opened without its column '{column}'.");
        return DamagedFile.Guard(name, () => column.Decode(held, RowCount));
    }

    /// <summary>Reads all columns and checks each value.</summary>
    /// <exception cref="EyeSlotsException">A value is damaged, or one that no crop can have: dataset-damaged.</exception>
    /// <exception cref="InvalidOperationException">The shard was opened without some columns.</exception>
    public IReadOnlyList<ShardRow> Rows()
    {
        var (lists, paths, faces) = (Read(ShardColumns.List), Read(ShardColumns.ImagePath), Read(ShardColumns.FaceIndex));
        var (slots, widths, heights) = (Read(ShardColumns.Slot), Read(ShardColumns.Width), Read(ShardColumns.Height));
        var (x, y) = (Read(ShardColumns.CenterX), Read(ShardColumns.CenterY));
        var (w, h) = (Read(ShardColumns.BoxWidth), Read(ShardColumns.BoxHeight));
        var (theta, coverage) = (Read(ShardColumns.Theta), Read(ShardColumns.Coverage));
        var (imageWidths, imageHeights) = (Read(ShardColumns.ImageWidth), Read(ShardColumns.ImageHeight));
        var (expressions, valences, arousals) = (Read(ShardColumns.Expression), Read(ShardColumns.Valence), Read(ShardColumns.Arousal));
        var rows = new ShardRow[RowCount];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = Checked(new()
            {
                Key = new(lists[i], paths[i], faces[i]), Slot = slots[i], Width = widths[i], Height = heights[i],
                Geometry = new EyeSlot(x[i], y[i], w[i], h[i], RowCheck.IsAngle(theta[i]) ? Direction.OfDegrees(theta[i]) : default), Theta = theta[i],
                Coverage = coverage[i], ImageWidth = imageWidths[i], ImageHeight = imageHeights[i],
                Expression = expressions[i], Valence = valences[i], Arousal = arousals[i],
            });
        }

        return rows;
    }

    private ShardRow Checked(ShardRow row) => RowCheck.Defect(row) is { } defect ? throw DamagedFile.Of(name, $"the face {row.Key.Display} has {defect}") : row;
}
