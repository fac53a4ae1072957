using System.Runtime.ExceptionServices;
using EyeSlots.Training.Loading;
using EyeSlots.Training.Models;

namespace EyeSlots.Training.Optimization;

/// <summary>A batch that was sent, with what must outlive the loader's.</summary>
internal readonly record struct SentBatch(NetworkBatch Tensors, int Index, int[] Faces);

/// <summary>
/// Batches on their way to a card: the next one is asked for, and travels, while the card still computes on the one before. What goes wrong
/// with the next one is told when it is that one's turn, so that the step under way counts.
/// </summary>
internal sealed class BatchesAhead(IEnumerable<FaceBatch> batches, BatchSender sender) : IDisposable
{
    private readonly IEnumerator<FaceBatch> source = batches.GetEnumerator();
    private SentBatch? next;
    private ExceptionDispatchInfo? fault;

    /// <summary>Asks for the next batch and sends it.</summary>
    internal void Fetch()
    {
        try
        {
            next = source.MoveNext() ? new(sender.Send(source.Current), source.Current.Index, source.Current.Faces.ToArray()) : null;
        }
        catch (Exception error)
        {
            (next, fault) = (null, ExceptionDispatchInfo.Capture(error));
        }
    }

    /// <summary>The batch that was fetched, now the caller's; null at the end.</summary>
    internal SentBatch? Take()
    {
        fault?.Throw();
        var taken = next;
        next = null;
        return taken;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        next?.Tensors.Dispose();
        source.Dispose();
    }
}
