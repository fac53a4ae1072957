namespace EyeSlots.Core.Annotations;

/// <summary>Reads the rows of one list, forward only, a batch at a time.</summary>
public interface IAnnotationReader : IAsyncDisposable
{
    /// <summary>Fills the batch with the next rows. A row that is damaged is a row with a defect.</summary>
    /// <param name="batch">What it held before is forgotten.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>False where the list has no more rows.</returns>
    /// <exception cref="EyeSlotsException">The list cannot be read on: list-unreadable.</exception>
    ValueTask<bool> ReadAsync(AnnotationBatch batch, CancellationToken cancellation);
}
