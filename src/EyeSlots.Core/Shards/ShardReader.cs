using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards.Format;

namespace EyeSlots.Core.Shards;

/// <summary>
/// A shard: what its footer says, and its row groups. Nothing but the footer is read before it is asked for. The bytes may come from
/// anybody: whatever they claim is held against what is there. Safe to read from several threads.
/// </summary>
public sealed class ShardReader
{
    internal ShardReader(string name, FileFooter footer, Func<ColumnChunk, ReadOnlyMemory<byte>?> bytes)
    {
        Metadata = ShardMetadata.From(footer.Entries);
        RowGroups = [.. footer.RowGroups.Select(group => new ShardRowGroup(name, group, bytes))];
    }

    /// <summary>What the footer says.</summary>
    public ShardMetadata Metadata { get; }

    /// <summary>The row groups in order; none where the slice had no crop.</summary>
    public IReadOnlyList<ShardRowGroup> RowGroups { get; }

    /// <summary>Opens a shard's bytes. They are not copied: crops are parts of them.</summary>
    /// <param name="shard">The whole file.</param>
    /// <param name="name">Names it in errors.</param>
    /// <exception cref="EyeSlotsException">They are no shard, or one of another schema version: dataset-damaged.</exception>
    public static ShardReader Open(ReadOnlyMemory<byte> shard, string name = "The shard") => DamagedFile.Guard(name, () =>
        new ShardReader(name, FileFooter.Of(shard.Span, ShardSchema.Shard), chunk => shard.Slice((int)chunk.Offset, chunk.Length)));

    /// <summary>All rows in order, a row group in memory at a time.</summary>
    /// <exception cref="EyeSlotsException">The shard is damaged: dataset-damaged.</exception>
    public IEnumerable<ShardRow> Rows() => RowGroups.SelectMany(group => group.Rows());
}
