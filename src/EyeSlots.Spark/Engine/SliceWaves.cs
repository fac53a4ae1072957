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
/// start is then the shortest, and no executor waits long for another.
/// </summary>
/// <remarks>
/// Slices travel in their rows rather than as objects under the output root: they arrive with the task, leave nothing behind, and
/// need no right to write. The figures are in CONTRIBUTING.md, "The same job on Spark".
/// </remarks>
internal static class SliceWaves
{
    public static readonly Schema Columns = new([new Field(RemoteJob.SliceColumn, BinaryType.Default, nullable: false)], null);

    public static IEnumerable<SliceWave> Cut(Plan plan, IReadOnlyList<SliceHeader> slices, int mostSlices, int mostBytes)
    {
        var rows = new BinaryArray.Builder();
        var bytes = 0L;
        List<SliceHeader> wave = [];
        foreach (var slice in slices.OrderByDescending(slice => slice.Faces).ThenBy(slice => slice.Index))
        {
            var row = SliceBytes.Write(plan.Load(slice));
            if (wave.Count > 0 && (wave.Count == mostSlices || bytes + row.Length > mostBytes))
            {
                yield return Wave(rows, wave);
                (rows, wave, bytes) = (new(), [], 0);
            }

            rows.Append(row.AsSpan());
            wave.Add(slice);
            bytes += row.Length;
        }

        if (wave.Count > 0) yield return Wave(rows, wave);
    }

    private static SliceWave Wave(BinaryArray.Builder rows, List<SliceHeader> slices) => new(new(Columns, [rows.Build()], slices.Count), slices);
}
