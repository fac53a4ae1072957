using System.Runtime.CompilerServices;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Storage;
using Microsoft.Extensions.Logging;

namespace EyeSlots.Core.Planning;

/// <summary>From lists and images to a plan.</summary>
/// <param name="stores">Opens the lists.</param>
/// <param name="images">The image root.</param>
/// <param name="log">Names the lines of damaged rows, which the dataset itself does not hold.</param>
public sealed class Planner(IObjectStoreFactory stores, IObjectStore images, ILogger log)
{
    private const int RowsBetweenReports = 10_000;

    /// <summary>Batches on their way from the reader to the spool; with fewer, the reader waits for the others where one takes long.</summary>
    private static readonly int BatchesAhead = 2 * Environment.ProcessorCount;

    /// <summary>Links that lead out of a folder of the 2021 layout are followed.</summary>
    public bool FollowLinks { get; init; }

    /// <summary>Told of how many images were looked at so far, where that takes its time.</summary>
    public IProgress<long>? ImageProgress { get; init; }

    /// <summary>When a bucket is listed.</summary>
    internal SearchEffort Effort { get; init; } = new();

    /// <summary>Reads every list once, finds every image, and cuts the faces into slices.</summary>
    /// <param name="lists">Names are unique.</param>
    /// <param name="parameters">Part of every fingerprint.</param>
    /// <param name="hashImages">Identities are hashes of the content instead of size and version.</param>
    /// <param name="rows">Told how many rows were read so far.</param>
    /// <param name="cancellation">Stops the planning.</param>
    /// <exception cref="EyeSlotsException">A list cannot be read, or an image changed while it was hashed.</exception>
    public async Task<Plan> PlanAsync(
        IReadOnlyList<AnnotationList> lists, JobParameters parameters, bool hashImages, IProgress<long>? rows, CancellationToken cancellation)
    {
        var (faces, identities) = (new FaceSpool(), new FaceSpool());
        try
        {
            using var locator = new ImageLocator(images, hashImages, Effort, ImageProgress);
            var cuts = await ReadAsync(lists, faces, locator, rows, cancellation).ConfigureAwait(false);
            await locator.PrepareAsync(new(cuts, faces), cancellation).ConfigureAwait(false);
            var slices = await new SlicePlanner(locator, parameters, faces, identities).PlanAsync(cuts, images.ReadsAtOnce, cancellation).ConfigureAwait(false);
            return new(parameters, faces, identities, slices);
        }
        catch
        {
            faces.Dispose();
            identities.Dispose();
            throw;
        }
    }

    private async Task<List<SliceCut>> ReadAsync(
        IReadOnlyList<AnnotationList> lists, FaceSpool faces, ImageLocator locator, IProgress<long>? rows, CancellationToken cancellation)
    {
        List<SliceCut> cuts = [];
        long read = 0;
        foreach (var list in lists.OrderBy(list => list.Name, StringComparer.Ordinal))
        {
            await using var reader = await OpenAsync(list, cancellation).ConfigureAwait(false);
            FaceOrder planned = new();
            await foreach (var batch in BatchesAsync(reader, cancellation).ConfigureAwait(false))
            {
                batch.AppendTo(faces, planned, locator, list.Name, log);
                var before = read;
                read += batch.Rows.Count;
                if (read / RowsBetweenReports > before / RowsBetweenReports) rows?.Report(read);
            }

            var sorted = planned.Sort();
            foreach (var part in SliceCutter.Cut(sorted.Length, at => sorted[at].Hash)) cuts.Add(new(list.Name, new ArraySegment<PlannedFace>(sorted)[part]));
        }

        faces.Flush();
        rows?.Report(read);
        return cuts;
    }

    /// <summary>The rows of a list in its order; while one batch is read, those before it are made into records by other threads.</summary>
    private static async IAsyncEnumerable<RowBatch> BatchesAsync(IAnnotationReader reader, [EnumeratorCancellation] CancellationToken cancellation)
    {
        Queue<Task<RowBatch>> ahead = [];
        Stack<RowBatch> spare = [];
        for (var more = true; more || ahead.Count > 0;)
        {
            if (more && ahead.Count <= BatchesAhead)
            {
                var batch = spare.TryPop(out var used) ? used : new();
                more = await reader.ReadAsync(batch.Rows, cancellation).ConfigureAwait(false);
                if (more) ahead.Enqueue(Task.Run(batch.Encode, CancellationToken.None));
                continue;
            }

            var done = await ahead.Dequeue().ConfigureAwait(false);
            yield return done;
            spare.Push(done);
        }
    }

    private async Task<IAnnotationReader> OpenAsync(AnnotationList list, CancellationToken cancellation)
    {
        var (folder, name) = list.Address.Split();
        var store = stores.Open(folder);
        if (await store.StatAsync(name, cancellation).ConfigureAwait(false) is not null)
        {
            return await CsvAnnotationReader.OpenAsync(list.Name, await store.OpenAsync(name, cancellation).ConfigureAwait(false), cancellation).ConfigureAwait(false);
        }

        var layout2021 = stores.Open(list.Address, FollowLinks);
        return await NpyAnnotationReader.OpenAsync(layout2021, name, cancellation).ConfigureAwait(false)
            ?? throw new EyeSlotsException(ErrorCodes.ListUnreadable, await layout2021.FindLinkOutAsync("images/", cancellation).ConfigureAwait(false) is { } link
                ? $"The list {list.Address} cannot be read: {link} is a link that leads out of the folder; --follow-links reads through it."
                : $"There is no list {list.Address}; name a CSV file, or a train_set or val_set folder with images/.");
    }
}

/// <summary>The faces of one slice before their images are known.</summary>
internal sealed record SliceCut(string List, ArraySegment<PlannedFace> Faces)
{
    public SliceCut(string list, PlannedFace[] faces)
        : this(list, new ArraySegment<PlannedFace>(faces))
    {
    }
}
