using System.Reflection;
using EyeSlots.Core;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Manifests;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;
using Microsoft.Extensions.Logging;

namespace EyeSlots.Preprocessing.Jobs;

/// <summary>The whole job: plan, keep what is there, make the rest on an engine, commit one generation.</summary>
/// <param name="stores">Opens lists, and the two roots.</param>
/// <param name="images">The image root.</param>
/// <param name="output">The dataset root.</param>
/// <param name="engine">Runs the slices.</param>
/// <param name="time">The clock of summaries and manifests.</param>
/// <param name="log">Told of what a summary does not hold.</param>
public sealed class PreprocessRun(
    IObjectStoreFactory stores, IObjectStore images, IObjectStore output, IEngine engine, TimeProvider time, ILogger log)
{
    private const int MostRounds = 5;

    /// <summary>Runs to the commit.</summary>
    /// <exception cref="EyeSlotsException">Nothing was committed; published shards stay for the next run.</exception>
    /// <exception cref="OperationCanceledException">Likewise, after a clean stop.</exception>
    public async Task<PreprocessSummary> RunAsync(
        PreprocessOptions options, IProgress<PreprocessProgress>? progress, CancellationToken cancellation)
    {
        options.Validated();
        var started = time.GetTimestamp();
        progress?.Report(new(PreprocessPhase.ReadingLists, 0, 0, 0));
        var rows = new RowProgress(progress);
        using var plan = await new Planner(stores, images, log) { FollowLinks = options.FollowLinks }.PlanAsync(options.Lists, options.Parameters, options.HashImages, rows, cancellation).ConfigureAwait(false);
        if (plan.Faces == 0) throw new EyeSlotsException(ErrorCodes.ListUnreadable, "The lists hold no rows; check --annotations.");
        if (plan.FirstOutside is { } link) log.LogWarning("{Link} is a link that leads out of {Images}; {Faces} faces lie behind such and are rejected without --follow-links.", link, images.Address, plan.OutsideImages);
        progress?.Report(new(PreprocessPhase.Comparing, 0, plan.Faces, 0));
        if (options.DryRun) return await DryRunAsync(options, plan, started, cancellation).ConfigureAwait(false);
        Check(options, plan, plan.Faces, Foreseen(plan));

        await engine.PrepareAsync(cancellation).ConfigureAwait(false);
        await using var run = await DatasetRun.OpenAsync(output, options.Dataset, plan.Slices, options.MemoryBytes, time, log, cancellation).ConfigureAwait(false);
        log.LogInformation("Run {Run}: {Faces} faces in {Slices} slices.", run.Name, plan.Faces, plan.Slices.Count);
        var made = new ShardTally(plan.Slices, options.MemoryBytes, options.Force ? null : await run.KeepAsync(cancellation).ConfigureAwait(false));
        await MakeAllAsync(run, plan, made, progress, cancellation).ConfigureAwait(false);
        return await CommitAsync(options, run, plan, made, started, cancellation).ConfigureAwait(false);
    }

    /// <summary>Makes what is missing until all of it is there at once: gc, or somebody by hand, may take away what was kept.</summary>
    private async Task MakeAllAsync(DatasetRun run, Plan plan, ShardTally made, IProgress<PreprocessProgress>? progress, CancellationToken cancellation)
    {
        for (var round = 1; ; round++)
        {
            await MakeAsync(run, plan, made, progress, cancellation).ConfigureAwait(false);
            var lost = await run.FindLostAsync(made.All, cancellation).ConfigureAwait(false);
            if (lost.Count == 0) return;
            if (round == MostRounds)
                throw new StorageException($"{lost.Count} shards below {output.Address} were made and went away again, {MostRounds} times. Something else deletes there; nothing was committed.");
            log.LogWarning("{Lost} shards went away since they were looked at and are made again.", lost.Count);
            made.Forget(lost);
        }
    }

    private async Task MakeAsync(DatasetRun run, Plan plan, ShardTally made, IProgress<PreprocessProgress>? progress, CancellationToken cancellation)
    {
        var missing = made.Missing;
        var total = made.FacesMade + missing.Sum(slice => (long)slice.Faces);
        progress?.Report(new(PreprocessPhase.Making, made.FacesMade, total, made.RejectedMade));
        await foreach (var shard in engine.RunAsync(run, plan, missing, cancellation).ConfigureAwait(false))
        {
            made.Add(shard);
            progress?.Report(new(PreprocessPhase.Making, made.FacesMade, total, made.RejectedMade));
        }
    }

    private async Task<PreprocessSummary> CommitAsync(PreprocessOptions options, DatasetRun run, Plan plan, ShardTally made, long started, CancellationToken cancellation)
    {
        var content = ManifestContent.Of(options.Parameters, made.All);
        Check(options, plan, content.Totals.Faces, content.Totals.RejectedByCode);
        var candidate = new Manifest(options.Dataset, 0, content, new(
            engine.Name, made.ShardsMade, made.All.Count - made.ShardsMade, time.GetUtcNow(), Rounded(started), ProgramVersion));
        var commit = await run.CommitAsync(candidate, cancellation).ConfigureAwait(false);
        return new()
        {
            Dataset = options.Dataset, Generation = commit.Generation, Committed = commit.Committed,
            Faces = content.Totals.Faces, Rows = content.Totals.Rows, Rejected = content.Totals.RejectedByCode,
            Shards = made.All.Count, ShardsMade = made.ShardsMade, ShardsKept = made.All.Count - made.ShardsMade, FacesMade = made.FacesMade,
            FirstLinkOut = plan.FirstOutside, BytesRead = made.BytesRead, BytesWritten = made.BytesWritten, Seconds = Rounded(started), Engine = engine.Name,
        };
    }

    private async Task<PreprocessSummary> DryRunAsync(PreprocessOptions options, Plan plan, long started, CancellationToken cancellation)
    {
        var before = await new ManifestStore(output).LatestAsync(options.Dataset, cancellation).ConfigureAwait(false);
        var kept = options.Force ? null : await new KeptShards(output, options.MemoryBytes).FindAsync(plan.Slices, before, cancellation).ConfigureAwait(false);
        var missing = new ShardTally(plan.Slices, options.MemoryBytes, kept).Missing;
        return new()
        {
            Dataset = options.Dataset, Faces = plan.Faces, Shards = plan.Slices.Count, ShardsMade = missing.Count, ShardsKept = plan.Slices.Count - missing.Count,
            Rejected = Foreseen(plan), FirstLinkOut = plan.FirstOutside,
            FacesMade = missing.Sum(slice => (long)slice.Faces), Seconds = Rounded(started), Engine = engine.Name, DryRun = true,
        };
    }

    /// <summary>The rejects that the plan knows of before any image is read.</summary>
    private static SortedDictionary<string, long> Foreseen(Plan plan) => new(StringComparer.Ordinal)
    {
        [RejectCode.AnnotationInvalid.Text()] = plan.OutsideImages, [RejectCode.ImageMissing.Text()] = plan.MissingImages,
    };

    private static void Check(PreprocessOptions options, Plan plan, long faces, IReadOnlyDictionary<string, long> rejected)
    {
        var count = rejected.Values.Sum();
        if (count <= options.MaxRejected * faces) return;
        var codes = string.Join(", ", rejected.Where(code => code.Value > 0).Select(code => $"{code.Key} {code.Value}"));
        throw new EyeSlotsException(ErrorCodes.TooManyRejected, FormattableString.Invariant(
            $"{count} of {faces} faces ({100.0 * count / faces:F1} %) cannot be cropped, more than --max-rejected {options.MaxRejected}: {codes}. Nothing was committed; {(plan.FirstOutside is { } link
                ? $"{link} is a link that leads out of --images: --follow-links reads through such; or"
                : "check --images and the lists, or")} allow more."));
    }

    private double Rounded(long started) => Math.Round(time.GetElapsedTime(started).TotalSeconds, 3);

    private static string ProgramVersion =>
        typeof(PreprocessRun).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    private sealed class RowProgress(IProgress<PreprocessProgress>? progress) : IProgress<long>
    {
        public void Report(long value) => progress?.Report(new(PreprocessPhase.ReadingLists, value, 0, 0));
    }
}
