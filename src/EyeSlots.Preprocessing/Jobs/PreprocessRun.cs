using System.Reflection;
using EyeSlots.Core;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Manifests;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;
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
    /// <summary>Runs to the commit.</summary>
    /// <exception cref="EyeSlotsException">Nothing was committed; published shards stay for the next run.</exception>
    /// <exception cref="OperationCanceledException">Likewise, after a clean stop.</exception>
    public async Task<PreprocessSummary> RunAsync(
        PreprocessOptions options, IProgress<PreprocessProgress>? progress, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        progress?.Report(new(PreprocessPhase.ReadingLists, 0, 0, 0));
        var rows = new RowProgress(progress);
        using var plan = await new Planner(stores, images, log) { FollowLinks = options.FollowLinks }.PlanAsync(options.Lists, options.Parameters, options.HashImages, rows, cancellation).ConfigureAwait(false);
        if (plan.Faces == 0) throw new EyeSlotsException(ErrorCodes.ListUnreadable, "The lists hold no rows; check --annotations.");
        if (plan.FirstOutside is { } link) log.LogWarning("{Link} is a link that leads out of {Images}; {Faces} faces lie behind such and are rejected without --follow-links.", link, images.Address, plan.OutsideImages);
        progress?.Report(new(PreprocessPhase.Comparing, 0, plan.Faces, 0));
        var before = await new ManifestStore(output).LatestAsync(options.Dataset, cancellation).ConfigureAwait(false);
        if (options.DryRun) return await DryRunAsync(options, plan, before, started, cancellation).ConfigureAwait(false);
        Check(options, plan, plan.Faces, Foreseen(plan));

        await engine.PrepareAsync(cancellation).ConfigureAwait(false);
        var run = RunIdentity.New(time);
        log.LogInformation("Run {Run}: {Faces} faces in {Slices} slices.", run, plan.Faces, plan.Slices.Count);
        List<string> fingerprints = [.. plan.Slices.Select(slice => slice.Fingerprint)];
        await RunPlanFile.WriteAsync(output, run, options.Dataset, before?.Generation ?? 0, fingerprints, cancellation).ConfigureAwait(false);
        try
        {
            return await MakeAndCommitAsync(options, run, plan, before, started, progress, cancellation).ConfigureAwait(false);
        }
        finally
        {
            await RemovePlanAsync(run).ConfigureAwait(false);
        }
    }

    private async Task<PreprocessSummary> MakeAndCommitAsync(
        PreprocessOptions options, string run, Plan plan, Manifest? before, long started, IProgress<PreprocessProgress>? progress, CancellationToken cancellation)
    {
        var shards = await KeptAsync(options, plan, before, cancellation).ConfigureAwait(false);
        List<SliceHeader> missing = [.. plan.Slices.Where(slice => shards[slice.Index] is null)];
        var made = await MakeAsync(run, plan, missing, shards, progress, cancellation).ConfigureAwait(false);

        var content = ManifestContent.Of(options.Parameters, shards!);
        Check(options, plan, content.Totals.Faces, content.Totals.RejectedByCode);
        var seconds = time.GetElapsedTime(started).TotalSeconds;
        var candidate = new Manifest(options.Dataset, 0, content, new(
            engine.Name, missing.Count, shards.Length - missing.Count, time.GetUtcNow(), Math.Round(seconds, 3), ProgramVersion));
        var commit = await new ManifestStore(output).CommitAsync(candidate, before?.Generation ?? 0, cancellation).ConfigureAwait(false);
        return new()
        {
            Dataset = options.Dataset, Generation = commit.Generation, Committed = commit.Committed,
            Faces = content.Totals.Faces, Rows = content.Totals.Rows, Rejected = content.Totals.RejectedByCode,
            Shards = shards.Length, ShardsMade = missing.Count, ShardsKept = shards.Length - missing.Count, FacesMade = made.Faces,
            FirstLinkOut = plan.FirstOutside, BytesRead = made.BytesRead, BytesWritten = made.BytesWritten, Seconds = Rounded(started), Engine = engine.Name,
        };
    }

    private async Task<ShardResult?[]> KeptAsync(PreprocessOptions options, Plan plan, Manifest? before, CancellationToken cancellation) => options.Force
        ? new ShardResult?[plan.Slices.Count]
        : await new KeptShards(output).FindAsync(plan.Slices, before, cancellation).ConfigureAwait(false);

    private async Task<Made> MakeAsync(
        string run, Plan plan, List<SliceHeader> missing, ShardResult?[] shards, IProgress<PreprocessProgress>? progress, CancellationToken cancellation)
    {
        var made = new Made();
        var total = missing.Sum(slice => (long)slice.Faces);
        var place = missing.ToDictionary(slice => slice.Fingerprint, slice => slice.Index);
        progress?.Report(new(PreprocessPhase.Making, 0, total, 0));
        await foreach (var shard in engine.RunAsync(run, plan, missing, cancellation).ConfigureAwait(false))
        {
            shards[place[shard.Fingerprint]] = shard;
            made = made.With(shard);
            progress?.Report(new(PreprocessPhase.Making, made.Faces, total, made.Rejected));
        }

        return made;
    }

    private async Task<PreprocessSummary> DryRunAsync(
        PreprocessOptions options, Plan plan, Manifest? before, long started, CancellationToken cancellation)
    {
        var kept = await KeptAsync(options, plan, before, cancellation).ConfigureAwait(false);
        var missing = plan.Slices.Where(slice => kept[slice.Index] is null).ToList();
        return new()
        {
            Dataset = options.Dataset, Faces = plan.Faces, Shards = kept.Length, ShardsMade = missing.Count, ShardsKept = kept.Length - missing.Count,
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

    // A plan that stays behind only keeps gc from its files for a week, so a failure here must not hide how the run ended.
    private async Task RemovePlanAsync(string run)
    {
        try
        {
            await RunPlanFile.RemoveAsync(output, run).ConfigureAwait(false);
        }
        catch (StorageException error)
        {
            log.LogWarning(error, "The plan of run {Run} could not be removed.", run);
        }
    }

    private double Rounded(long started) => Math.Round(time.GetElapsedTime(started).TotalSeconds, 3);

    private static string ProgramVersion =>
        typeof(PreprocessRun).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    private readonly record struct Made(long Faces, long Rejected, long BytesRead, long BytesWritten)
    {
        public Made With(ShardResult shard) =>
            new(Faces + shard.Faces, Rejected + shard.Rejected, BytesRead + shard.BytesRead, BytesWritten + shard.Bytes + shard.QuarantineBytes);
    }

    private sealed class RowProgress(IProgress<PreprocessProgress>? progress) : IProgress<long>
    {
        public void Report(long value) => progress?.Report(new(PreprocessPhase.ReadingLists, value, 0, 0));
    }
}
