using System.Buffers;
using Apache.Arrow;
using EyeSlots.Core.Planning;
using EyeSlots.Spark.Contract;

namespace EyeSlots.Spark.Engine;

/// <summary>What one query makes.</summary>
/// <param name="Content">The slices, one <see cref="SliceRow"/> behind the other.</param>
/// <param name="Rows">Which part of them each task makes.</param>
/// <param name="Slices">Their headers.</param>
internal sealed record SliceWave(ReadOnlyMemory<byte> Content, IReadOnlyList<(long Offset, int Length)> Rows, IReadOnlyList<SliceHeader> Slices);

/// <summary>
/// Cuts a run into queries, so that no memory grows with it. Long slices come first: the last to start is then the shortest, and no
/// executor waits long for another. The first query is small and each further one eight times as large, up to the limit: executors work
/// while the next is written.
/// </summary>
/// <remarks>
/// Slices lie in one object a query under the output root, of which each row names a part. In the rows themselves they cost the JVM as
/// much as all else that it does. The figures are in CONTRIBUTING.md, "The same job on Spark".
/// </remarks>
internal sealed class SliceWaves(Plan plan, int? cores, int mostRows, int mostBytes)
{
    private const int FirstBytes = 4 << 20;

    /// <summary>A row is a task. Most of one: what an executor that dies has to do again.</summary>
    private const int MostOfRow = 8;

    /// <summary>Rows that each core shall still get when a row of several slices is made: the fewer are left, the fewer go into one.</summary>
    private const int RowsOfCore = 1;

    /// <summary>Rows without slices, of which executors make nothing.</summary>
    public static RecordBatch Empty(int count) => ShardFunction.Rows("", [.. Enumerable.Repeat((0L, 0), count)]);

    public IEnumerable<SliceWave> Cut(IReadOnlyList<SliceHeader> slices)
    {
        var most = Math.Min(FirstBytes, mostBytes);
        Wave wave = new();
        foreach (var row in Rows([.. slices.OrderByDescending(slice => slice.Faces).ThenBy(slice => slice.Index)]))
        {
            var bytes = SliceRow.Write([.. row.Select(slice => SliceBytes.Write(plan.Load(slice)))]);
            if (wave.Rows > 0 && (wave.Rows == mostRows || wave.Bytes + bytes.Length > most))
            {
                yield return wave.Finish();
                (wave, most) = (new(), (int)Math.Min(8L * most, mostBytes));
            }

            wave.Add(row, bytes);
        }

        if (wave.Rows > 0) yield return wave.Finish();
    }

    private IEnumerable<SliceHeader[]> Rows(SliceHeader[] slices)
    {
        for (int next = 0, count; next < slices.Length; next += count)
        {
            count = cores is { } known ? Math.Clamp((slices.Length - next) / (RowsOfCore * known), 1, MostOfRow) : 1;
            yield return slices[next..(next + count)];
        }
    }

    private sealed class Wave
    {
        private readonly ArrayBufferWriter<byte> content = new();
        private readonly List<(long Offset, int Length)> rows = [];
        private readonly List<SliceHeader> slices = [];

        public int Rows => rows.Count;

        public long Bytes => content.WrittenCount;

        public void Add(SliceHeader[] row, byte[] bytes)
        {
            rows.Add((Bytes, bytes.Length));
            slices.AddRange(row);
            content.Write(bytes);
        }

        public SliceWave Finish() => new(content.WrittenMemory, rows, slices);
    }
}
