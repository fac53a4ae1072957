using EyeSlots.Spark.Connect;

namespace EyeSlots.Spark.Engine;

/// <summary>What runs on the cluster, as Spark reports it.</summary>
/// <param name="Done">Slices that are made, as far as tasks have ended.</param>
/// <param name="Slices">Slices to make.</param>
/// <param name="Running">Tasks that run now.</param>
public readonly record struct ClusterProgress(long Done, long Slices, long Running);

/// <summary>Adds up the reports of queries that run beside each other.</summary>
internal sealed class ProgressBoard(long slices, IProgress<ClusterProgress>? target)
{
    private readonly Lock gate = new();
    private readonly List<Part> parts = [];

    /// <summary>Takes the reports of one query; null where nobody wants to know.</summary>
    public IProgress<SparkProgress>? Query(SliceWave wave)
    {
        if (target is null) return null;
        var part = new Part(this, wave);
        lock (gate) parts.Add(part);
        return part;
    }

    private void Tell()
    {
        lock (gate) target!.Report(new(parts.Sum(part => part.Done), slices, parts.Sum(part => part.Running)));
    }

    private sealed class Part(ProgressBoard board, SliceWave wave) : IProgress<SparkProgress>
    {
        public long Done { get; private set; }

        public long Running { get; private set; }

        public void Report(SparkProgress value)
        {
            (Done, Running) = (value.CompletedTasks * wave.Slices.Count / wave.Rows.Count, value.InFlightTasks);
            board.Tell();
        }
    }
}
