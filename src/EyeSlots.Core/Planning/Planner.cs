using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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
            var cuts = await ReadAsync(lists, faces, rows, cancellation).ConfigureAwait(false);
            var locator = new ImageLocator(images, hashImages);
            await locator.PrepareAsync(cancellation).ConfigureAwait(false);
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

    private async Task<List<SliceCut>> ReadAsync(IReadOnlyList<AnnotationList> lists, FaceSpool faces, IProgress<long>? rows, CancellationToken cancellation)
    {
        List<SliceCut> cuts = [];
        long read = 0;
        foreach (var list in lists.OrderBy(list => list.Name, StringComparer.Ordinal))
        {
            using var reader = await OpenAsync(list, cancellation).ConfigureAwait(false);
            List<PlannedFace> planned = [];
            await foreach (var batch in BatchesAsync(reader, cancellation).ConfigureAwait(false))
            {
                batch.AppendTo(faces, planned, list.Name, log);
                if ((read + batch.Count) / RowsBetweenReports > read / RowsBetweenReports) rows?.Report(read + batch.Count);
                read += batch.Count;
            }

            CollectionsMarshal.AsSpan(planned).Sort();
            PlannedFace[] sorted = [.. planned];
            foreach (var part in SliceCutter.Cut(sorted.Length, at => sorted[at].Hash)) cuts.Add(new(list.Name, sorted[part]));
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
            cancellation.ThrowIfCancellationRequested();
            if (more && ahead.Count <= Environment.ProcessorCount)
            {
                var batch = spare.TryPop(out var used) ? used : new();
                more = batch.Fill(reader);
                ahead.Enqueue(Task.Run(batch.Encode, CancellationToken.None));
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
            return new CsvAnnotationReader(list.Name, await store.OpenAsync(name, cancellation).ConfigureAwait(false));
        }

        var layout2021 = stores.Open(list.Address);
        await using var files = layout2021.ListAsync("images/", cancellation).GetAsyncEnumerator(cancellation);
        return await files.MoveNextAsync().ConfigureAwait(false)
            ? await NpyAnnotationReader.OpenAsync(layout2021, name, cancellation).ConfigureAwait(false)
            : throw new EyeSlotsException(ErrorCodes.ListUnreadable, $"There is no list {list.Address}; name a CSV file, or a train_set or val_set folder.");
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
