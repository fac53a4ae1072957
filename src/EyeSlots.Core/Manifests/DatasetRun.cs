using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;
using Microsoft.Extensions.Logging;

namespace EyeSlots.Core.Manifests;

/// <summary>
/// A run at a dataset root, from its plan to its commit: it is opened, its shards are made, it checks that all of them are there, it
/// commits one generation, it is closed. Everything that it lays below <c>plans/</c> is its own, and goes with it. Why no manifest can
/// name a missing or another shard, whatever runs, repairs and collections of garbage do beside it: CONTRIBUTING.md, "Exactly once".
/// </summary>
public sealed class DatasetRun : ISliceStage, IAsyncDisposable
{
    private static readonly TimeSpan Renewal = TimeSpan.FromDays(1);
    private readonly IObjectStore root;
    private readonly IReadOnlyList<SliceHeader> slices;
    private readonly RunPlan plan;
    private readonly long memory;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly CancellationTokenSource stop;
    private Task laying = Task.CompletedTask;
    private int staged = -1;
    private long laid;
    private CollectionsAtWork? collections;
    private ShardInventory seen;

    private DatasetRun(
        IObjectStore root, string dataset, IReadOnlyList<SliceHeader> slices, DatasetContents there, long memory, TimeProvider time, ILogger log, CancellationToken cancellation)
    {
        (this.root, this.slices, Before, seen, this.memory, this.time, this.log, Name) = (root, slices, there.Newest, there.Shards, memory, time, log, RunName.New(time));
        plan = new(dataset, Before?.Generation ?? 0, [.. slices.SelectMany(slice => slice.ShardNames(memory))]);
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
    }

    /// <summary>Names the run below <c>plans/</c> and in logs.</summary>
    public RunName Name { get; }

    /// <summary>The newest generation when it was opened, or null.</summary>
    public Manifest? Before { get; }

    /// <inheritdoc/>
    public Task MayPublish => laying;

    /// <summary>Opens a run, and begins to lay its plan. Images may be read meanwhile.</summary>
    /// <param name="root">The dataset root; stays the caller's.</param>
    /// <param name="dataset">The dataset that it adds a generation to.</param>
    /// <param name="slices">Its plan.</param>
    /// <param name="there">What was found at the root, however long ago.</param>
    /// <param name="memory">Bytes of its <c>--memory</c>.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Told of waiting and of what could not be cleaned up.</param>
    /// <param name="cancellation">Gives up.</param>
    public static DatasetRun Open(
        IObjectStore root, string dataset, IReadOnlyList<SliceHeader> slices, DatasetContents there, long memory, TimeProvider time, ILogger log, CancellationToken cancellation)
    {
        var run = new DatasetRun(root, dataset, slices, there, memory, time, log, cancellation);
        run.laying = run.LayPlanAsync(run.stop.Token);
        return run;
    }

    /// <summary>For each slice its shard where it is there already, or null where it must be made.</summary>
    public Task<ShardResult?[]> KeepAsync(CancellationToken cancellation) => new KeptShards(root, memory).FindAsync(slices, Before, seen, cancellation);

    /// <inheritdoc/>
    public async Task<string> LayAsync(ReadOnlyMemory<byte> slices, CancellationToken cancellation)
    {
        await laying.ConfigureAwait(false);
        var key = RunFiles.Slices(Name, Interlocked.Increment(ref staged));
        try
        {
            return await root.PublishAsync(key, slices, cancellation).ConfigureAwait(false) ? key : throw Taken(key);
        }
        catch
        {
            await RemoveAsync(key).ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public Task RemoveAsync(string key) => CleanUp.DeleteAsync(root, key, time, log);

    /// <summary>
    /// Finds shards that are not there as their results say, after the last collection of garbage that may not know this run has ended.
    /// What is found was taken away by one, or by hand, and has to be made again; when nothing is, the run may commit.
    /// </summary>
    /// <param name="shards">For each slice its shard.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>Positions in the plan.</returns>
    public async Task<IReadOnlyList<int>> FindLostAsync(IReadOnlyList<ShardResult> shards, CancellationToken cancellation)
    {
        await laying.ConfigureAwait(false);
        if (time.GetElapsedTime(laid) >= Renewal) await LayPlanAgainAsync(cancellation).ConfigureAwait(false);
        await collections!.OutlastAsync(log, cancellation).ConfigureAwait(false);
        var now = await ShardInventory.ReadAsync(root, cancellation).ConfigureAwait(false);
        List<int> lost = [];
        for (var at = 0; at < shards.Count; at++)
        {
            if (!await IsThereAsync(shards[at], now, cancellation).ConfigureAwait(false)) lost.Add(at);
        }

        seen = now;
        return lost;
    }

    /// <summary>Commits the run's content as the next generation; call when <see cref="FindLostAsync"/> found nothing.</summary>
    /// <exception cref="EyeSlotsException">Another run committed other content meanwhile: superseded.</exception>
    public Task<CommitResult> CommitAsync(Manifest candidate, CancellationToken cancellation) =>
        new ManifestStore(root).CommitAsync(candidate, Before, cancellation);

    /// <summary>Takes the plan away. One that stays behind only keeps gc from its files for a week, so this never throws, and waits for no silent server.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!laying.IsCompleted) await stop.CancelAsync().ConfigureAwait(false);
        await laying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await CleanUp.DeleteAsync(root, RunFiles.Plan(Name), time, log).ConfigureAwait(false);
        stop.Dispose();
    }

    private async Task LayPlanAsync(CancellationToken cancellation)
    {
        if (!await root.PublishAsync(RunFiles.Plan(Name), plan.ToBytes(), cancellation).ConfigureAwait(false)) throw Taken(RunFiles.Plan(Name));
        laid = time.GetTimestamp();
        collections = await CollectionsAtWork.FindAsync(root, time, cancellation).ConfigureAwait(false);
    }

    // Before a plan is so old that gc takes its run for dead. Whatever was deleted between the two is found by the check that follows.
    private async Task LayPlanAgainAsync(CancellationToken cancellation)
    {
        await root.DeleteAsync(RunFiles.Plan(Name), cancellation).ConfigureAwait(false);
        await LayPlanAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>By its length; one that was written since it was looked at, or beside a collection of garbage, by its hash.</summary>
    private async Task<bool> IsThereAsync(ShardResult shard, ShardInventory now, CancellationToken cancellation)
    {
        if (!now.HasInLength(shard)) return false;
        if (!now.HasChanged(shard, seen, orIsNew: collections!.Any)) return true;
        var read = await new ShardCheck(root).TryReadAsync(shard.Fingerprint, shard.List, cancellation).ConfigureAwait(false);
        return read?.Sha256 == shard.Sha256 && read.QuarantineSha256 == shard.QuarantineSha256;
    }

    private StorageException Taken(string key) => new($"{root.Address}/{key} was there already although its name is new; run again.");
}
