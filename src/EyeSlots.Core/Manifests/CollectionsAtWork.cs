using EyeSlots.Core.Storage;
using Microsoft.Extensions.Logging;

namespace EyeSlots.Core.Manifests;

/// <summary>
/// The collections of garbage that were at work when a run had laid its plan. They may have read the plans before, so they may delete
/// what the run keeps; any that begins later reads the run's plan.
/// </summary>
internal sealed class CollectionsAtWork
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private readonly IObjectStore root;
    private readonly TimeProvider time;
    private readonly Queue<string> marks;
    private readonly long seen;

    private CollectionsAtWork(IObjectStore root, TimeProvider time, Queue<string> marks) =>
        (this.root, this.time, this.marks, seen, Any) = (root, time, marks, time.GetTimestamp(), marks.Count > 0);

    /// <summary>Whether there was one.</summary>
    public bool Any { get; }

    /// <summary>Looks for their marks; call after the run's plan was laid.</summary>
    public static async Task<CollectionsAtWork> FindAsync(IObjectStore root, TimeProvider time, CancellationToken cancellation)
    {
        Queue<string> marks = [];
        await foreach (var file in root.ListAsync(RunFiles.Folder, cancellation).ConfigureAwait(false))
        {
            if (RunFiles.KindOf(file.Key, out _) == RunFileKind.Mark) marks.Enqueue(file.Key);
        }

        return new(root, time, marks);
    }

    /// <summary>Ends when none of them can delete any more: its mark is gone, or its lease is over. A dead one's mark is taken away.</summary>
    public async Task OutlastAsync(ILogger log, CancellationToken cancellation)
    {
        for (; marks.TryPeek(out var mark); marks.Dequeue())
        {
            var told = false;
            while (await root.StatAsync(mark, cancellation).ConfigureAwait(false) is not null)
            {
                if (time.GetElapsedTime(seen) >= CollectionMark.Patience)
                {
                    await CleanUp.DeleteAsync(root, mark, time, log).ConfigureAwait(false);
                    break;
                }

                if (!told) log.LogInformation("Waiting for the gc that is deleting below {Root}, for two minutes at most.", root.Address);
                told = true;
                await Task.Delay(Pause, time, cancellation).ConfigureAwait(false);
            }
        }
    }
}
