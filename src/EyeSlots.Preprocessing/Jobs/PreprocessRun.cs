using System.Reflection;
using EyeSlots.Core;
using EyeSlots.Core.Manifests;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;
using Microsoft.Extensions.Logging;

namespace EyeSlots.Preprocessing.Jobs;

/// <summary>
/// The whole job, by its one front door: options in, summary out. Plans, keeps what is there, makes the rest on an engine, and commits
/// one generation.
/// </summary>
/// <param name="stores">Opens lists and roots.</param>
/// <param name="engines">Opens what runs the slices.</param>
/// <param name="time">The clock of summaries, manifests and waiting.</param>
/// <param name="log">Told of what a summary does not hold.</param>
public sealed class PreprocessRun(IObjectStoreFactory stores, IEngineFactory engines, TimeProvider time, ILogger log)
{
    /// <summary>Faces from which on what planning leaves behind is worth a collection of some milliseconds.</summary>
    private const int ManyFaces = 50_000;

    /// <summary>Runs to the commit; with <see cref="PreprocessOptions.DryRun"/> to the plan, and opens no engine.</summary>
    /// <param name="options">What to do.</param>
    /// <param name="progress">Told where the run is.</param>
    /// <param name="cancellation">Stops it cleanly.</param>
    /// <exception cref="EyeSlotsException">Nothing was committed; published shards stay for the next run.</exception>
    /// <exception cref="OperationCanceledException">Likewise, after a clean stop.</exception>
    public async Task<PreprocessSummary> RunAsync(
        PreprocessOptions options, IProgress<PreprocessProgress>? progress, CancellationToken cancellation)
    {
        options.Validated();
        var started = time.GetTimestamp();
        if (options.DryRun) return await DryRunAsync(options, progress, started, cancellation).ConfigureAwait(false);
        await using var engine = engines.Open(options.ForEngine, cancellation);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, engine.Failing);
        try
        {
            using var begun = await BeginAsync(options, progress, stop).ConfigureAwait(false);
            var plan = begun.Plan;
            RejectLimit.Check(options.MaxRejected, plan, plan.Faces, RejectLimit.Foreseen(plan));
            log.LogDebug("Planned {Faces} faces.", plan.Faces);

            // Hashes and listings of all images are garbage now. The job, which keeps its buffers, would hardly make the collector run.
            if (plan.Faces >= ManyFaces) GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            progress?.Report(new(PreprocessPhase.Opening, 0, plan.Faces, 0));
            await engine.PrepareAsync(stop.Token).ConfigureAwait(false);
            log.LogDebug("The engine {Engine} is ready.", engine.Name);
            return await RunAsync(options, engine, begun, progress, started, stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (engine.Failing.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            // A run that was stopped because there will be no engine fails with the reason why there is none.
            await engine.PrepareAsync(cancellation).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<PreprocessSummary> RunAsync(
        PreprocessOptions options, IEngine engine, BegunRun begun, IProgress<PreprocessProgress>? progress, long started, CancellationToken cancellation)
    {
        var plan = begun.Plan;
        await using var run = DatasetRun.Open(stores.Open(options.Output), options.Dataset, plan.Slices, begun.There, options.MemoryBytes, time, log, cancellation);
        log.LogInformation("Run {Run}: {Faces} faces in {Slices} slices.", run.Name, plan.Faces, plan.Slices.Count);
        progress?.Report(new(PreprocessPhase.Comparing, 0, plan.Faces, 0));
        var shards = new ShardTally(plan.Slices, options.MemoryBytes, options.Force ? null : await run.KeepAsync(cancellation).ConfigureAwait(false));
        await new ShardMaking(engine, run, plan, log, progress).MakeAllAsync(shards, cancellation).ConfigureAwait(false);
        return await CommitAsync(options, engine, run, plan, shards, started, cancellation).ConfigureAwait(false);
    }

    /// <summary>Plans, and looks at the root beside it. Where all images are hashed, planning takes long, and what was seen before would be old.</summary>
    private async Task<BegunRun> BeginAsync(PreprocessOptions options, IProgress<PreprocessProgress>? progress, CancellationTokenSource stop)
    {
        var looking = options.HashImages ? null : Task.Run(() => LookAsync(options, stop.Token));
        Plan? plan = null;
        try
        {
            plan = await PlanAsync(options, progress, stop.Token).ConfigureAwait(false);
            return new(plan, await (looking ?? LookAsync(options, stop.Token)).ConfigureAwait(false));
        }
        catch
        {
            plan?.Dispose();
            await stop.CancelAsync().ConfigureAwait(false);
            if (looking is not null) await ((Task)looking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    private Task<DatasetContents> LookAsync(PreprocessOptions options, CancellationToken cancellation) =>
        DatasetContents.ReadAsync(stores.Open(options.Output), options.Dataset, cancellation);

    private async Task<Plan> PlanAsync(PreprocessOptions options, IProgress<PreprocessProgress>? progress, CancellationToken cancellation)
    {
        progress?.Report(new(PreprocessPhase.ReadingLists, 0, 0, 0));
        var planner = new Planner(stores, stores.Open(options.Images, options.FollowLinks), log)
        {
            FollowLinks = options.FollowLinks, ImageProgress = new CountProgress(progress, PreprocessPhase.LookingAtImages),
        };
        var plan = await planner.PlanAsync(options.Lists, options.Parameters, options.HashImages, new CountProgress(progress, PreprocessPhase.ReadingLists), cancellation).ConfigureAwait(false);
        if (plan.FirstOutside is { } link)
        {
            log.LogWarning(
                "{Link} is a link that leads out of {Images}; what lies behind such links is rejected without --follow-links, of all faces {Faces}.", link, options.Images, plan.OutsideImages);
        }

        if (plan.Faces > 0) return plan;
        plan.Dispose();
        throw new EyeSlotsException(ErrorCodes.ListUnreadable, "The lists hold no rows; check --annotations.");
    }

    private async Task<PreprocessSummary> CommitAsync(
        PreprocessOptions options, IEngine engine, DatasetRun run, Plan plan, ShardTally shards, long started, CancellationToken cancellation)
    {
        var content = ManifestContent.Of(options.Parameters, shards.All);
        RejectLimit.Check(options.MaxRejected, plan, content.Totals.Faces, content.Totals.RejectedByCode);
        var (made, kept) = (shards.ShardsMade, shards.All.Count - shards.ShardsMade);
        var candidate = new Manifest(options.Dataset, 0, content, new(engine.Name, made, kept, time.GetUtcNow(), Rounded(started), ProgramVersion));
        var commit = await run.CommitAsync(candidate, cancellation).ConfigureAwait(false);
        log.LogDebug("Generation {Generation} stands.", commit.Generation);
        return new()
        {
            Dataset = options.Dataset, Generation = commit.Generation, Committed = commit.Committed,
            Faces = content.Totals.Faces, Rows = content.Totals.Rows, Rejected = content.Totals.RejectedByCode, FirstLinkOut = plan.FirstOutside,
            Shards = shards.All.Count, ShardsMade = made, ShardsKept = kept, FacesMade = shards.FacesMade,
            BytesRead = shards.BytesRead, BytesThere = shards.BytesThere, BytesWritten = shards.BytesWritten, Seconds = Rounded(started),
            SessionSeconds = engine.SessionSeconds is { } seconds ? Math.Round(seconds, 3) : null, Engine = engine.Name,
        };
    }

    private async Task<PreprocessSummary> DryRunAsync(
        PreprocessOptions options, IProgress<PreprocessProgress>? progress, long started, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var begun = await BeginAsync(options, progress, stop).ConfigureAwait(false);
        var plan = begun.Plan;
        progress?.Report(new(PreprocessPhase.Comparing, 0, plan.Faces, 0));
        var kept = options.Force ? null : await new KeptShards(stores.Open(options.Output), options.MemoryBytes).FindAsync(plan.Slices, begun.There, cancellation).ConfigureAwait(false);
        var missing = new ShardTally(plan.Slices, options.MemoryBytes, kept).Missing;
        plan.RequireReadable(missing);
        return new()
        {
            Dataset = options.Dataset, Faces = plan.Faces, Rejected = RejectLimit.Foreseen(plan), FirstLinkOut = plan.FirstOutside,
            Shards = plan.Slices.Count, ShardsMade = missing.Count, ShardsKept = plan.Slices.Count - missing.Count,
            FacesMade = missing.Sum(slice => (long)slice.Faces), Seconds = Rounded(started), Engine = engines.Name, DryRun = true,
        };
    }

    private double Rounded(long started) => Math.Round(time.GetElapsedTime(started).TotalSeconds, 3);

    private static string ProgramVersion =>
        typeof(PreprocessRun).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    /// <summary>What is known before a run writes anything.</summary>
    private sealed record BegunRun(Plan Plan, DatasetContents There) : IDisposable
    {
        public void Dispose() => Plan.Dispose();
    }

    private sealed class CountProgress(IProgress<PreprocessProgress>? progress, PreprocessPhase phase) : IProgress<long>
    {
        public void Report(long value) => progress?.Report(new(phase, value, 0, 0));
    }
}
