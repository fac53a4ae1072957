using System.Globalization;
using Parquet;
using Parquet.Schema;

namespace EyeSlots.Core.Shards;

/// <summary>A column of a table that is no shard, such as one of predictions: its name, and its value in a row.</summary>
/// <typeparam name="TRow">One row.</typeparam>
public abstract class TableColumn<TRow>
{
    private protected TableColumn(string name, DataField field) => (Name, Field) = (name, field);

    /// <summary>The column's name.</summary>
    public string Name { get; }

    internal DataField Field { get; }

    /// <summary>A column of texts.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Null where a row has none.</param>
    public static TableColumn<TRow> OfTexts(string name, Func<TRow, string?> value) => new TextColumn(name, value);

    /// <summary>A column of whole numbers.</summary>
    public static TableColumn<TRow> OfWholeNumbers(string name, Func<TRow, int> value) => new WholeColumn(name, value);

    /// <summary>A column of numbers.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Null where a row has none.</param>
    public static TableColumn<TRow> OfNumbers(string name, Func<TRow, double?> value) => new NumberColumn(name, value);

    /// <summary>The value as text that reads back as the same; empty where the row has none.</summary>
    public abstract string TextOf(TRow row);

    internal abstract Task WriteAsync(ParquetRowGroupWriter group, IReadOnlyList<TRow> rows, int start, int count);

    private sealed class TextColumn(string name, Func<TRow, string?> value) : TableColumn<TRow>(name, new DataField<string>(name, true))
    {
        public override string TextOf(TRow row) => value(row) ?? "";

        internal override Task WriteAsync(ParquetRowGroupWriter group, IReadOnlyList<TRow> rows, int start, int count) =>
            group.WriteAsync((DataField<string>)Field, ShardWriter.Take(start, count, at => value(rows[at])));
    }

    private sealed class WholeColumn(string name, Func<TRow, int> value) : TableColumn<TRow>(name, new DataField<int>(name, false))
    {
        public override string TextOf(TRow row) => value(row).ToString(CultureInfo.InvariantCulture);

        internal override Task WriteAsync(ParquetRowGroupWriter group, IReadOnlyList<TRow> rows, int start, int count) =>
            ShardWriter.Numbers(group, Field, start, count, at => value(rows[at]));
    }

    private sealed class NumberColumn(string name, Func<TRow, double?> value) : TableColumn<TRow>(name, new DataField<double?>(name, true))
    {
        public override string TextOf(TRow row) => value(row)?.ToString("R", CultureInfo.InvariantCulture) ?? "";

        internal override Task WriteAsync(ParquetRowGroupWriter group, IReadOnlyList<TRow> rows, int start, int count) =>
            ShardWriter.Labels(group, Field, start, count, at => value(rows[at]));
    }
}
