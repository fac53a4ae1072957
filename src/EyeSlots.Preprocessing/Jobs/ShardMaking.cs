using EyeSlots.Core.Manifests;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;
using Microsoft.Extensions.Logging;

namespace EyeSlots.Preprocessing.Jobs;

/// <summary>Has an engine make the shards of a run that are missing, until all of them are there at once.</summary>
/// <param name="engine">Runs the slices.</param>
/// <param name="run">The run.</param>
/// <param name="plan">Its plan.</param>
/// <param name="log">Told of shards that go away.</param>
/// <param name="progress">Told of each shard.</param>
internal sealed class ShardMaking(IEngine engine, DatasetRun run, Plan plan, ILogger log, IProgress<PreprocessProgress>? progress)
{
    private const int MostRounds = 5;

    /// <summary>Makes what is missing, and once more what gc, or somebody by hand, has taken away meanwhile.</summary>
    /// <exception cref="StorageException">Images that are needed are archived, or shards go away again and again.</exception>
    public async Task MakeAllAsync(ShardTally shards, CancellationToken cancellation)
    {
        for (var round = 1; ; round++)
        {
            await MakeAsync(shards, cancellation).ConfigureAwait(false);
            var lost = await run.FindLostAsync(shards.All, cancellation).ConfigureAwait(false);
            log.LogDebug("Checked {Shards} shards; {Lost} went away.", shards.All.Count, lost.Count);
            if (lost.Count == 0) return;
            if (round == MostRounds)
                throw new StorageException($"{lost.Count} shards were made and went away again, {MostRounds} times. Something else deletes below --out; nothing was committed.");
            log.LogWarning("{Lost} shards went away since they were looked at and are made again.", lost.Count);
            shards.Forget(lost);
        }
    }

    private async Task MakeAsync(ShardTally shards, CancellationToken cancellation)
    {
        var missing = shards.Missing;
        plan.RequireReadable(missing);
        var total = shards.FacesMade + missing.Sum(slice => (long)slice.Faces);
        log.LogDebug("Making {Missing} shards.", missing.Count);
        progress?.Report(new(PreprocessPhase.Making, shards.FacesMade, total, shards.RejectedMade));
        await foreach (var shard in engine.RunAsync(run, plan, missing, cancellation).ConfigureAwait(false))
        {
            shards.Add(shard);
            log.LogDebug("Made {Fingerprint}, {Rows} rows.", shard.Fingerprint, shard.Rows);
            progress?.Report(new(PreprocessPhase.Making, shards.FacesMade, total, shards.RejectedMade));
        }
    }
}
