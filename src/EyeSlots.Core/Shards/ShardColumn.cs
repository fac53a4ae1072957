using EyeSlots.Core.Shards.Format;
using Parquet.Schema;

namespace EyeSlots.Core.Shards;

/// <summary>A column of shards, or of quarantine files.</summary>
public abstract class ShardColumn
{
    private protected ShardColumn(DataField field) => Field = field;

    /// <summary>The name that every reader of Parquet files sees.</summary>
    public string Name => Field.Name;

    /// <summary>The column as the writer knows it.</summary>
    internal DataField Field { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>A column with the type of its values; null where a row has none.</summary>
/// <typeparam name="T">One value.</typeparam>
public sealed class ShardColumn<T> : ShardColumn
{
    private readonly Func<ReadOnlyMemory<byte>, int, T[]> decode;

    internal ShardColumn(DataField field, Func<ReadOnlyMemory<byte>, int, T[]> decode)
        : base(field) => this.decode = decode;

    /// <summary>The values of a column chunk.</summary>
    internal T[] Decode(ReadOnlyMemory<byte> chunk, int rows) => decode(DataPage.Body(chunk, rows), rows);
}
