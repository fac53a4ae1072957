using EyeSlots.Core;
using EyeSlots.Preprocessing.Jobs;
using EyeSlots.Spark.Engine;

namespace EyeSlots.Cli.Commands;

/// <summary>Tells where a job is, and what a cluster does meanwhile.</summary>
/// <param name="steps">Told of each change.</param>
/// <param name="address">The cluster's address; empty where there is none.</param>
internal sealed class JobSteps(IProgress<Step> steps, string address) : IProgress<PreprocessProgress>, IProgress<ClusterProgress>
{
    private readonly Lock gate = new();
    private PreprocessProgress job;
    private ClusterProgress? cluster;

    public void Report(PreprocessProgress value)
    {
        lock (gate)
        {
            job = value;
            steps.Report(Now());
        }
    }

    public void Report(ClusterProgress value)
    {
        lock (gate)
        {
            cluster = value;
            steps.Report(Now());
        }
    }

    private Step Now() => job.Phase switch
    {
        PreprocessPhase.ReadingLists => new("reading rows", job.Done),
        PreprocessPhase.LookingAtImages => new("looking at images", job.Done),
        PreprocessPhase.Opening when address.Length > 0 => new($"connecting to {address} and uploading the worker", 0),
        PreprocessPhase.Opening or PreprocessPhase.Comparing => new("looking at what is there", 0),
        _ => new("cutting faces", job.Done, job.Total, string.Join(", ", Notes())),
    };

    private IEnumerable<string> Notes()
    {
        if (job.Rejected > 0) yield return $"{Quantity.Number(job.Rejected)} rejected";
        if (cluster is { } seen) yield return $"cluster: {Quantity.Number(seen.Done)} of {Quantity.Of(seen.Slices, "shard")} made, {Quantity.Of(seen.Running, "task")} under way";
    }
}
