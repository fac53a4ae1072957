using System.Runtime.InteropServices;

namespace EyeSlots.Core.Shards.Format;

/// <summary>The values of a column that are too large to be copied more than once: each row has one, and none is null.</summary>
/// <param name="Column">Which of a row group's columns it is; -1 for none.</param>
/// <param name="Columns">How many a row group has.</param>
/// <param name="GroupRows">Rows of a row group; the last one may have fewer.</param>
/// <param name="Rows">Of all row groups.</param>
/// <param name="Values">A value for each row; nothing where there is no such column.</param>
internal readonly record struct LargeValues(int Column, int Columns, int GroupRows, int Rows, List<ReadOnlyMemory<byte>> Values)
{
    /// <summary>Bytes of all values.</summary>
    public long Bytes => Values.Sum(static value => (long)value.Length);

    /// <summary>Columns of all row groups.</summary>
    public int Chunks => Columns * ((Rows + GroupRows - 1) / GroupRows);

    /// <summary>The values of a column of a row group, counted over all of them; nothing where the library has written them.</summary>
    public ReadOnlySpan<ReadOnlyMemory<byte>> Of(int chunk)
    {
        if (chunk % Columns != Column) return [];
        var first = chunk / Columns * GroupRows;
        return CollectionsMarshal.AsSpan(Values)[first..Math.Min(first + GroupRows, Rows)];
    }

    /// <summary>Bytes of some values.</summary>
    public static int Sum(ReadOnlySpan<ReadOnlyMemory<byte>> values)
    {
        var bytes = 0;
        foreach (var value in values) bytes = checked(bytes + value.Length);
        return bytes;
    }
}
