using Apache.Arrow;

namespace EyeSlots.Spark.Worker;

/// <summary>
/// A function over the rows of one partition, as mapInArrow runs it. One instance serves one task; where it is
/// <see cref="IAsyncDisposable"/> or <see cref="IDisposable"/>, the host disposes of it after the task, failed or not.
/// </summary>
public interface IArrowFunction
{
    /// <summary>
    /// The columns of every output batch, in the order of the schema that the query declares. At least one. Spark takes boolean,
    /// int8 to int64, float, double, decimal128, (large) utf8, (large) binary, date32, timestamp and duration in microseconds, null,
    /// list, struct and map; intervals in months, from Spark 4.0 on also in months, days and nanoseconds; from 4.1 on time64 in
    /// nanoseconds. Asked for once, before the first output batch.
    /// </summary>
    /// <param name="input">The columns of the input.</param>
    Schema GetOutputSchema(Schema input);

    /// <summary>Turns the input's batches into output batches, as many and as long as it likes.</summary>
    /// <param name="input">
    /// The partition's batches; none where the partition is empty. Memory of the garbage collector: a batch may be kept, returned
    /// and never disposed of. Reading blocks the calling thread until Spark has sent a batch. What is not read, the host reads.
    /// </param>
    /// <param name="context">Which task this is.</param>
    /// <param name="cancellation">Fires when Spark gives the task up. A function that does not look at it runs on.</param>
    /// <returns>
    /// Batches of the declared columns. The host checks each, sends it before it asks for the next, and does not dispose of it.
    /// An exception fails the task's attempt; its type, message and stack reach the client.
    /// </returns>
    IAsyncEnumerable<RecordBatch> RunAsync(IAsyncEnumerable<RecordBatch> input, TaskContext context, CancellationToken cancellation);
}
