using EyeSlots.Core.Planning;

namespace EyeSlots.Preprocessing.Jobs;

/// <summary>
/// The slices of a run, which its workers take one by one, and the shards that they have begun: who finds no slice left helps with the shard of
/// which most is left, so that none is alone at the end. Safe to call from several threads.
/// </summary>
/// <param name="slices">Each is loaded by the worker that begins it.</param>
internal sealed class SharedShards(IEnumerable<Lazy<Slice>> slices) : IDisposable
{
    private readonly Lock gate = new();
    private readonly IEnumerator<Lazy<Slice>> coming = slices.GetEnumerator();
    private readonly List<SharedShard> begun = [];

    /// <summary>Shares for one worker: of slices of its own, one after the other, then of others' shards.</summary>
    /// <param name="begin">Begins the shard of a slice.</param>
    public IEnumerable<FaceShare> Shares(Func<Lazy<Slice>, SharedShard> begin)
    {
        while ((TryBegin(begin) ?? FindMostWaiting()) is { } shard)
        {
            foreach (var share in shard.Shares()) yield return share;
        }
    }

    /// <summary>Takes no more.</summary>
    public void Dispose() => coming.Dispose();

    private SharedShard? TryBegin(Func<Lazy<Slice>, SharedShard> begin)
    {
        lock (gate)
        {
            begun.RemoveAll(static one => one.Waiting == 0);
            if (!coming.MoveNext()) return null;
            begun.Add(begin(coming.Current));
            return begun[^1];
        }
    }

    private SharedShard? FindMostWaiting()
    {
        lock (gate) return begun.Where(static one => one.Waiting > 0).MaxBy(static one => one.Waiting);
    }
}
