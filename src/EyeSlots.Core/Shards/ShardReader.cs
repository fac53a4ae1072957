using System.Runtime.CompilerServices;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Geometry;
using EyeSlots.Core.Planning;
using Parquet;
using Parquet.Schema;

namespace EyeSlots.Core.Shards;

/// <summary>Reads a shard's rows, one row group in memory at a time.</summary>
public sealed class ShardReader : IAsyncDisposable
{
    private readonly ParquetReader file;

    private ShardReader(ParquetReader file, ShardMetadata metadata) => (this.file, Metadata) = (file, metadata);

    /// <summary>What the footer says.</summary>
    public ShardMetadata Metadata { get; }

    /// <summary>Opens a shard's bytes.</summary>
    /// <exception cref="EyeSlotsException">They are no shard, or one of another schema version.</exception>
    public static Task<ShardReader> OpenAsync(ReadOnlyMemory<byte> shard) => ParquetDamage.GuardAsync("shard", async () =>
    {
        var file = await ParquetDamage.OpenAsync(shard).ConfigureAwait(false);
        var metadata = ShardMetadata.From(file.CustomMetadata);
        if (metadata.Schema != FormatVersions.Schema || !file.Schema.Equals(ShardSchema.Shard)) throw new FormatException("its columns are of another version");
        return new ShardReader(file, metadata);
    });

    /// <summary>All rows in order.</summary>
    /// <exception cref="EyeSlotsException">The shard is damaged.</exception>
    public async IAsyncEnumerable<ShardRow> RowsAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        for (var group = 0; group < file.RowGroupCount; group++)
        {
            cancellation.ThrowIfCancellationRequested();
            var at = group;
            foreach (var row in await ParquetDamage.GuardAsync("shard", () => ReadGroupAsync(at)).ConfigureAwait(false)) yield return row;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => file.DisposeAsync();

    private async Task<ShardRow[]> ReadGroupAsync(int at)
    {
        using var group = file.OpenRowGroupReader(at);
        var columns = new ColumnReader(group);
        var (lists, paths, faces) = (await columns.Texts(ShardSchema.List), await columns.Texts(ShardSchema.ImagePath), await columns.Numbers<int>(ShardSchema.FaceIndex));
        var slots = await columns.Bytes(ShardSchema.Slot);
        var (widths, heights) = (await columns.Numbers<int>(ShardSchema.Width), await columns.Numbers<int>(ShardSchema.Height));
        var (x, y) = (await columns.Numbers<double>(ShardSchema.CenterX), await columns.Numbers<double>(ShardSchema.CenterY));
        var (w, h) = (await columns.Numbers<double>(ShardSchema.BoxWidth), await columns.Numbers<double>(ShardSchema.BoxHeight));
        var (theta, coverage) = (await columns.Numbers<double>(ShardSchema.Theta), await columns.Numbers<float>(ShardSchema.Coverage));
        var (iw, ih) = (await columns.Numbers<int>(ShardSchema.ImageWidth), await columns.Numbers<int>(ShardSchema.ImageHeight));
        var (expression, valence, arousal) =
            (await columns.Labels<int>(ShardSchema.Expression), await columns.Labels<float>(ShardSchema.Valence), await columns.Labels<float>(ShardSchema.Arousal));
        var rows = new ShardRow[lists.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = new()
            {
                Key = new(lists[i], paths[i], faces[i]), Slot = slots[i], Width = widths[i], Height = heights[i],
                Geometry = new EyeSlot(x[i], y[i], w[i], h[i], Direction.OfDegrees(theta[i])), Theta = theta[i], Coverage = coverage[i],
                ImageWidth = iw[i], ImageHeight = ih[i],
                Expression = expression[i], Valence = valence[i], Arousal = arousal[i],
            };
        }

        return rows;
    }
}

/// <summary>Reads the rows of a quarantine file.</summary>
public static class QuarantineReader
{
    /// <summary>All rows in order.</summary>
    /// <exception cref="EyeSlotsException">The bytes are no quarantine file, or damaged.</exception>
    public static Task<IReadOnlyList<QuarantineRow>> ReadAsync(ReadOnlyMemory<byte> quarantine) => ParquetDamage.GuardAsync("quarantine file", async () =>
    {
        await using var file = await ParquetDamage.OpenAsync(quarantine).ConfigureAwait(false);
        List<QuarantineRow> rows = [];
        for (var at = 0; at < file.RowGroupCount; at++)
        {
            using var group = file.OpenRowGroupReader(at);
            var columns = new ColumnReader(group);
            var (lists, paths, faces) = (await columns.Texts(ShardSchema.List), await columns.Texts(ShardSchema.ImagePath), await columns.Numbers<int>(ShardSchema.FaceIndex));
            var (codes, details) = (await columns.Texts(ShardSchema.Code), await columns.Texts(ShardSchema.Detail));
            for (var i = 0; i < lists.Length; i++) rows.Add(new(new(lists[i], paths[i], faces[i]), RejectCodes.Parse(codes[i]), details[i]));
        }

        return (IReadOnlyList<QuarantineRow>)rows;
    });
}

/// <summary>Reads whole columns of a row group.</summary>
internal readonly struct ColumnReader(ParquetRowGroupReader group)
{
    private const long MostRows = 1 << 20;

    // A damaged footer may claim any number; memory is not reserved for what no writer of ours ever made.
    private readonly long rows = group.RowCount is >= 0 and <= MostRows ? group.RowCount : throw new FormatException($"a row group claims {group.RowCount} rows");

    public async Task<string[]> Texts(DataField field)
    {
        var values = new string?[rows];
        await group.ReadAsync(field, values.AsMemory()).ConfigureAwait(false);
        return values!;
    }

    public async Task<byte[][]> Bytes(DataField field)
    {
        var values = new byte[]?[rows];
        await group.ReadAsync(field, values.AsMemory()).ConfigureAwait(false);
        return values!;
    }

    public async Task<T[]> Numbers<T>(DataField field)
        where T : struct
    {
        var values = new T[rows];
        await group.ReadAsync(field, values.AsMemory()).ConfigureAwait(false);
        return values;
    }

    public async Task<T?[]> Labels<T>(DataField field)
        where T : struct
    {
        var values = new T?[rows];
        await group.ReadAsync<T>(field, values.AsMemory()).ConfigureAwait(false);
        return values;
    }
}
