using Apache.Arrow;
using EyeSlots.Spark.Connect.Values;

namespace EyeSlots.Spark.Connect;

/// <summary>
/// One row of a result, or a struct inside one. Values are <c>bool</c>, <c>sbyte</c> to <c>long</c>, <c>float</c>, <c>double</c>,
/// <see cref="System.Data.SqlTypes.SqlDecimal"/> (38 digits), <c>string</c>, <c>byte[]</c>, <see cref="DateOnly"/>,
/// <see cref="DateTimeOffset"/> in UTC (TIMESTAMP), <see cref="DateTime"/> (TIMESTAMP_NTZ), <see cref="TimeSpan"/>, <c>object?[]</c> (ARRAY),
/// <see cref="Row"/> (STRUCT), a dictionary (MAP), or null.
/// </summary>
public sealed class Row
{
    private readonly IReadOnlyList<Field> fields;
    private readonly object?[] values;

    internal Row(IReadOnlyList<Field> fields, object?[] values) => (this.fields, this.values) = (fields, values);

    /// <summary>Columns.</summary>
    public int Size => values.Length;

    /// <summary>The values in the order of the columns.</summary>
    public IReadOnlyList<object?> Values => values;

    /// <summary>The value of a column, from 0.</summary>
    public object? Get(int index) => values[index];

    /// <summary>The value of the first column of this name, which is matched as it is written.</summary>
    /// <exception cref="ArgumentException">There is none; the text lists the columns.</exception>
    public object? Get(string name) => values[IndexOf(name)];

    /// <summary>The value as a type; <c>default</c> for null where the type has one.</summary>
    /// <exception cref="InvalidCastException">It is another type.</exception>
    public T? GetAs<T>(int index) => values[index] is { } value ? (T)value : default;

    /// <summary>The value of the first column of this name as a type.</summary>
    public T? GetAs<T>(string name) => GetAs<T>(IndexOf(name));

    /// <summary>The values between brackets, for a log.</summary>
    public override string ToString() => $"[{string.Join(", ", values.Select(value => value ?? "null"))}]";

    internal static IEnumerable<Row> Of(RecordBatch batch)
    {
        for (var row = 0; row < batch.Length; row++)
        {
            var at = row;
            yield return new(batch.Schema.FieldsList, [.. batch.Arrays.Select(column => ArrowValues.Read(column, at))]);
        }
    }

    private int IndexOf(string name)
    {
        for (var i = 0; i < fields.Count; i++)
        {
            if (fields[i].Name == name) return i;
        }

        throw new ArgumentException($"There is no column '{name}'; there are {string.Join(", ", fields.Select(field => field.Name))}.", nameof(name));
    }
}
