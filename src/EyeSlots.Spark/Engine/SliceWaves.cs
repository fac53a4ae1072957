using Apache.Arrow;
using Apache.Arrow.Types;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Planning.Remote;

namespace EyeSlots.Spark.Engine;

/// <summary>The rows of one query.</summary>
/// <param name="Batch">One row for each slice.</param>
/// <param name="Slices">The same slices.</param>
internal sealed record SliceWave(RecordBatch Batch, IReadOnlyList<SliceHeader> Slices);

/// <summary>
/// Cuts a run into queries, so that neither a message nor the driver's memory grows with it. Long slices come first: the last to
/// start is then the shortest, and no executor waits long for another. The first query is small and each further one twice as large, up
/// to the limit: executors work while the next is written.
/// </summary>
/// <remarks>
/// Slices travel in their rows rather than as objects under the output root: they arrive with the task, leave nothing behind, and
/// need no right to write. The figures are in CONTRIBUTING.md, "The same job on Spark".
/// </remarks>
internal static class SliceWaves
{
    private const int FirstBytes = 1 << 20;

    public static readonly Schema Columns = new([new Field(RemoteJob.SliceColumn, BinaryType.Default, nullable: false)], null);

    public static IEnumerable<SliceWave> Cut(Plan plan, IReadOnlyList<SliceHeader> slices, int mostSlices, int mostBytes)
    {
        var rows = new BinaryArray.Builder();
        var (bytes, most) = (0L, (long)Math.Min(FirstBytes, mostBytes));
        List<SliceHeader> wave = [];
        foreach (var slice in slices.OrderByDescending(slice => slice.Faces).ThenBy(slice => slice.Index))
        {
            var row = SliceBytes.Write(plan.Load(slice));
            if (wave.Count > 0 && (wave.Count == mostSlices || bytes + row.Length > most))
            {
                yield return Wave(rows, wave);
                (rows, wave, bytes, most) = (new(), [], 0, Math.Min(2 * most, mostBytes));
            }

            rows.Append(row.AsSpan());
            wave.Add(slice);
            bytes += row.Length;
        }

        if (wave.Count > 0) yield return Wave(rows, wave);
    }

    /// <summary>Rows without a slice, of which executors make nothing.</summary>
    public static RecordBatch Empty(int rows)
    {
        var slices = new BinaryArray.Builder();
        for (var row = 0; row < rows; row++) slices.Append(ReadOnlySpan<byte>.Empty);
        return new(Columns, [slices.Build()], rows);
    }

    private static SliceWave Wave(BinaryArray.Builder rows, List<SliceHeader> slices) => new(new(Columns, [rows.Build()], slices.Count), slices);
}
