using System.Runtime.CompilerServices;
using EyeSlots.Core;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;
using EyeSlots.Preprocessing.Cropping;
using EyeSlots.Preprocessing.Decoding;
using Microsoft.Extensions.Logging;

namespace EyeSlots.Preprocessing.Jobs;

/// <summary>
/// The one function that every engine calls: slices in, their shards published and described. No statics, no ambient
/// configuration, no clock: a slice gives the same bytes on a thread, in a Spark task and under a debugger.
/// Safe to call from several threads; each call under way holds one <see cref="SlotCropper"/>.
/// </summary>
/// <param name="images">The root of the images.</param>
/// <param name="output">The root of the dataset.</param>
/// <param name="parameters">The parameters of the plan.</param>
/// <param name="gate">Bounds the memory of large images, for all workers of the process together.</param>
/// <param name="force">Makes a differing published shard an error even where it is damaged.</param>
/// <param name="logger">Told of repairs, not of faces.</param>
/// <param name="wholeObjects">Images are read whole, instead of first what a slot is likely to need.</param>
public sealed class ShardJob(
    IObjectStore images, IObjectStore output, JobParameters parameters, MemoryGate gate, bool force, ILogger logger, bool wholeObjects = false) : IDisposable
{
    /// <summary>Faces that a worker cuts before it looks for others: so little that workers end together.</summary>
    private const int ShareFaces = 16;

    private readonly FaceCutter cutter = new(images, parameters, gate, wholeObjects);
    private readonly SpareRooms rooms = new();
    private readonly ShardPublication publication = new(output, force, logger);

    /// <summary>Whether workers share the faces of a slice. Images that are far away are asked for long before they are cut, slices of them at a time.</summary>
    internal bool SharesFaces => images.AnswersAtOnce;

    /// <summary>Loads the native libraries for the first worker, which else would do so when it begins.</summary>
    internal void Prepare() => cutter.Prepare();

    /// <summary>
    /// Makes and publishes the shards of slices, before each the quarantine file if it has rows. While one is made, those before it are
    /// flushed to disk. However large the data, the shards that are held have a bounded size: of huge ones, one is made while one is published.
    /// </summary>
    /// <param name="slices">Taken one by one.</param>
    /// <param name="mayPublish">What is waited for before the first file is published; its failure is that of the slices.</param>
    /// <param name="cancellation">Stops cleanly.</param>
    /// <returns>The results in the order in which shards are done.</returns>
    /// <exception cref="EyeSlotsException">image-changed, not-reproducible, or a <see cref="StorageException"/>: a slice failed.</exception>
    public async IAsyncEnumerable<ShardResult> RunAsync(IEnumerable<Slice> slices, Task mayPublish, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using var shards = new SharedShards(slices.Select(static slice => new Lazy<Slice>(slice)));
        await foreach (var result in RunAsync(shards, mayPublish, cancellation).ConfigureAwait(false)) yield return result;
    }

    /// <summary>The same as one of several workers, who help each other at the end: a shard that one began may be among the results of another.</summary>
    internal async IAsyncEnumerable<ShardResult> RunAsync(SharedShards shards, Task mayPublish, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var publishing = new PublishingShards(publication, rooms, mayPublish, cancellation);
        await foreach (var share in cutter.CutAsync(shards.Shares(Begin), cancellation).ConfigureAwait(false))
        {
            if (!share.Shard.Finish(share)) continue;
            var made = await share.Shard.LayOutAsync(cancellation).ConfigureAwait(false);
            while (publishing.MustTakeBefore(made)) yield return await publishing.TakeAsync().ConfigureAwait(false);
            publishing.Add(made);
        }

        while (publishing.HasMore) yield return await publishing.TakeAsync().ConfigureAwait(false);
    }

    /// <summary>Frees the native memory of all workers; call when no slice is under way.</summary>
    public void Dispose() => cutter.Dispose();

    private SharedShard Begin(Lazy<Slice> slice) => new(slice, SharesFaces ? ShareFaces : int.MaxValue, whole => new(whole, parameters, gate.Bytes, rooms));
}
