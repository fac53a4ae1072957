using Apache.Arrow;
using Apache.Arrow.Types;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Planning.Remote;

namespace EyeSlots.Spark.Engine;

/// <summary>The rows of one query.</summary>
/// <param name="Batch">The rows.</param>
/// <param name="Slices">The slices in them.</param>
internal sealed record SliceWave(RecordBatch Batch, IReadOnlyList<SliceHeader> Slices);

/// <summary>
/// Cuts a run into queries, so that neither a message nor the driver's memory grows with it. Long slices come first: the last to
/// start is then the shortest, and no executor waits long for another. The first query is small and each further one eight times as
/// large, up to the limit: executors work while the next is written.
/// </summary>
/// <remarks>
/// Slices travel in their rows rather than as objects under the output root: they arrive with the task, leave nothing behind, and
/// need no right to write. The figures are in CONTRIBUTING.md, "The same job on Spark".
/// </remarks>
internal sealed class SliceWaves(Plan plan, int? cores, int mostRows, int mostBytes)
{
    private const int FirstBytes = 1 << 20;

    /// <summary>A row is a task. Most of one: what an executor that dies has to do again.</summary>
    private const int MostOfRow = 4;

    /// <summary>Rows that each core shall still get when a row of several slices is made: the fewer are left, the fewer go into one.</summary>
    private const int RowsOfCore = 4;

    public static readonly Schema Columns = new([new Field(RemoteJob.SlicesColumn, BinaryType.Default, nullable: false)], null);

    /// <summary>Rows without slices, of which executors make nothing.</summary>
    public static RecordBatch Empty(int count) => Batch(Enumerable.Repeat(System.Array.Empty<byte>(), count));

    public IEnumerable<SliceWave> Cut(IReadOnlyList<SliceHeader> slices)
    {
        var (bytes, most) = (0L, (long)Math.Min(FirstBytes, mostBytes));
        List<(SliceHeader[] Slices, byte[] Bytes)> wave = [];
        foreach (var row in Rows([.. slices.OrderByDescending(slice => slice.Faces).ThenBy(slice => slice.Index)]))
        {
            if (wave.Count > 0 && (wave.Count == mostRows || bytes + row.Bytes.Length > most))
            {
                yield return Wave(wave);
                (wave, bytes, most) = ([], 0, Math.Min(8 * most, mostBytes));
            }

            wave.Add(row);
            bytes += row.Bytes.Length;
        }

        if (wave.Count > 0) yield return Wave(wave);
    }

    private IEnumerable<(SliceHeader[] Slices, byte[] Bytes)> Rows(SliceHeader[] slices)
    {
        for (int next = 0, count; next < slices.Length; next += count)
        {
            count = cores is { } known ? Math.Clamp((slices.Length - next) / (RowsOfCore * known), 1, MostOfRow) : 1;
            var row = slices[next..(next + count)];
            yield return (row, SliceRow.Write([.. row.Select(slice => SliceBytes.Write(plan.Load(slice)))]));
        }
    }

    private static SliceWave Wave(List<(SliceHeader[] Slices, byte[] Bytes)> rows) => new(Batch(rows.Select(row => row.Bytes)), [.. rows.SelectMany(row => row.Slices)]);

    private static RecordBatch Batch(IEnumerable<byte[]> rows)
    {
        var column = new BinaryArray.Builder();
        foreach (var row in rows) column.Append(row.AsSpan());
        return new(Columns, [column.Build()], column.Length);
    }
}
