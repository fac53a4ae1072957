using EyeSlots.Core.Planning;

namespace EyeSlots.Preprocessing.Jobs;

/// <summary>
/// The shards of a worker that are flushed to disk, or sent, while it makes others: this waits for disks and networks, not for the processor.
/// Several at a time, unless they are huge: then one.
/// </summary>
internal sealed class PublishingShards(ShardPublication publication, SpareRooms rooms, Task mayPublish, CancellationToken cancellation) : IAsyncDisposable
{
    private const int MostShards = 4;
    private const long MostBytes = 64 << 20;
    private readonly Queue<(Task<ShardResult> Task, long Bytes)> queue = new();

    /// <summary>Whether some were added and not yet taken.</summary>
    public bool HasMore => queue.Count > 0;

    /// <summary>Whether the first of them is to be taken before another is added: it has ended, or there is no room for both.</summary>
    public bool MustTakeBefore(in UnpublishedShard shard) =>
        queue.TryPeek(out var first) && (first.Task.IsCompleted || queue.Count == MostShards || queue.Sum(one => one.Bytes) + shard.Room.Bytes > MostBytes);

    /// <summary>Begins to publish a shard.</summary>
    public void Add(UnpublishedShard shard) => queue.Enqueue((Task.Run(() => PublishAsync(shard), CancellationToken.None), shard.Room.Bytes));

    /// <summary>The result of the first of them, once it is published.</summary>
    /// <exception cref="Core.EyeSlotsException">not-reproducible, or a <see cref="Core.Storage.StorageException"/>.</exception>
    public Task<ShardResult> TakeAsync() => queue.Dequeue().Task;

    /// <summary>Waits until none is under way, however they end.</summary>
    public async ValueTask DisposeAsync()
    {
        while (queue.TryDequeue(out var one)) await ((Task)one.Task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<ShardResult> PublishAsync(UnpublishedShard made)
    {
        await mayPublish.WaitAsync(cancellation).ConfigureAwait(false);
        await publication.PublishAsync(made.Files, cancellation).ConfigureAwait(false);
        rooms.Add(made.Room);
        return made.Files.Result;
    }
}
