using System.Diagnostics;
using EyeSlots.Core;
using EyeSlots.Core.Storage;
using EyeSlots.Preprocessing.Cropping;
using EyeSlots.Training.Augmentation;
using Microsoft.Extensions.Logging;

namespace EyeSlots.Training.Loading;

/// <summary>
/// Reads the shards of a table again and again and makes batches of them, while what it gave before is used. One epoch at a time, and one
/// consumer; no thread outlives an epoch, however it ends.
/// </summary>
public sealed class ShardStream : IDisposable
{
    /// <summary>Batches that are filled beside those of the threads.</summary>
    private const int BatchesAhead = 3;
    private readonly FaceTable table;
    private readonly LoaderOptions options;
    private readonly SlotDecoder decoder = new();
    private readonly SlotPool pool = new();
    private readonly Stack<ByteBuffer> spare = new();
    private readonly BatchRing ring;
    private readonly BrokenFaces broken;
    private readonly LabelBalance? balance;
    private readonly ShardCache? cache;
    private bool isRunning;

    /// <summary>Prepares to read; nothing is read yet.</summary>
    /// <param name="table">The faces.</param>
    /// <param name="options">How they become batches.</param>
    /// <param name="log">Told of faces that do not decode, and of a cache that cannot be used.</param>
    /// <exception cref="EyeSlotsException">usage: an option lies outside its range.</exception>
    public ShardStream(FaceTable table, LoaderOptions options, ILogger log)
    {
        (this.table, this.options) = (table, options.Validated());
        ring = new(options.Workers + BatchesAhead, options.BatchSize, options.Input);
        broken = new(table, log);
        balance = options.Balance ? new(table) : null;
        cache = ShardCache.Of(options, table.Generation.Root, log);
    }

    /// <summary>
    /// Batches of an epoch of training. A last one of a single face is left out, since batch normalisation can make nothing of it.
    /// </summary>
    public int BatchesPerEpoch => (table.Count / options.BatchSize) + (table.Count % options.BatchSize > 1 ? 1 : 0);

    /// <summary>How long consumers waited for batches so far, those waits left out that <see cref="WaitedForFirst"/> counts.</summary>
    public TimeSpan Waited { get; private set; }

    /// <summary>How long consumers waited for the first batch of each epoch so far.</summary>
    public TimeSpan WaitedForFirst { get; private set; }

    /// <summary>The faces that did not decode so far, each once.</summary>
    public IReadOnlyList<BrokenFace> Broken => broken.All;

    /// <summary>
    /// An epoch of training from one of its batches on: shuffled, augmented, the same batches whatever the threads. A batch that lost faces
    /// which do not decode is smaller, and left out where fewer than two are left; <see cref="FaceBatch.Index"/> tells.
    /// </summary>
    /// <param name="epoch">From 0.</param>
    /// <param name="firstBatch">The first batch that is wanted; those before it are not decoded.</param>
    /// <param name="cancellation">Stops; what waits for a batch throws.</param>
    /// <exception cref="EyeSlotsException">
    /// dataset-damaged: a shard is missing or altered, or over 1 % of the faces do not decode. storage-failed: the store failed for good.
    /// no-labels: there are fewer than two faces.
    /// </exception>
    public IEnumerable<FaceBatch> Epoch(int epoch, int firstBatch = 0, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        ArgumentOutOfRangeException.ThrowIfNegative(firstBatch);
        table.RequireTrainable();
        var seed = FaceSeed.OfEpoch(options.Seed, epoch);
        var part = new EpochPart(EpochOrder.Shuffled(table, options.Seed, epoch), epoch, firstBatch, BatchesPerEpoch, LeastFaces: 2);
        return Run(part, new(options.Augmentation, options.Input), seed, cancellation);
    }

    /// <summary>All faces in the order of their numbers, as evaluation sees them: not augmented. Faces that do not decode are missing.</summary>
    /// <param name="cancellation">Stops; what waits for a batch throws.</param>
    /// <exception cref="EyeSlotsException">As <see cref="Epoch"/>.</exception>
    public IEnumerable<FaceBatch> InOrder(CancellationToken cancellation = default)
    {
        var batches = (table.Count + options.BatchSize - 1) / options.BatchSize;
        return Run(new(EpochOrder.OfNumbers(table), 0, 0, batches, LeastFaces: 1), new(AugmentationOptions.None, options.Input), 0, cancellation);
    }

    /// <summary>Frees the native decoders.</summary>
    public void Dispose()
    {
        decoder.Dispose();
        cache?.Dispose();
    }

    private IEnumerable<FaceBatch> Run(EpochPart part, Augmenter augmenter, ulong seed, CancellationToken cancellation)
    {
        if (isRunning) throw new InvalidOperationException("An epoch of this stream is under way; a stream gives one at a time.");
        isRunning = true;
        try
        {
            var pass = Begin(part);
            using var threads = new LoaderThreads(pass, cancellation);
            Start(threads, pass, part.Order, new(decoder, table.Generation.Format, options.Input, augmenter, seed, balance));
            for (var index = part.FirstBatch; index < part.Batches; index++)
            {
                var batch = WaitFor(pass, index, isFirst: index == part.FirstBatch, cancellation);
                if (batch.Count >= part.LeastFaces) yield return batch;
                pass.Release(index);
            }
        }
        finally
        {
            isRunning = false;
        }
    }

    private EpochPass Begin(EpochPart part)
    {
        ring.Begin(part.Epoch, table.Count, part.FirstBatch);
        broken.Begin();
        return new(ring, PlaceOf(part.FirstBatch), PlaceOf(part.Batches), part.Order.MostHeld);
    }

    private int PlaceOf(int batch) => (int)Math.Min(table.Count, (long)batch * options.BatchSize);

    private void Start(LoaderThreads threads, EpochPass pass, EpochOrder order, SlotSampling sampling)
    {
        var reader = new WindowReader(table, new(table.Generation.Root, cache), pool, spare);
        threads.Start("window", () => reader.Run(order, pass, threads.Stopping));
        for (var worker = 0; worker < options.Workers; worker++) threads.Start("slots", new SlotWorker(pass, sampling, pool, broken).Run);
    }

    private FaceBatch WaitFor(EpochPass pass, int index, bool isFirst, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var batch = pass.WaitFor(index, cancellation);
        var waited = Stopwatch.GetElapsedTime(started);
        if (isFirst) WaitedForFirst += waited;
        else Waited += waited;
        batch.Close();
        return batch;
    }

    /// <summary>What of an epoch is given.</summary>
    private readonly record struct EpochPart(EpochOrder Order, int Epoch, int FirstBatch, int Batches, int LeastFaces);
}
