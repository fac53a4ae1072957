using Apache.Arrow;
using EyeSlots.Spark.Worker.Batches;

namespace EyeSlots.Spark.Worker;

/// <summary>
/// Runs one function over one task's input. The connection's own thread asks for each batch and sends it, so a function that
/// never waits runs on that thread alone, and a slow reader on Spark's side holds up no thread of the pool.
/// </summary>
internal static class FunctionRun
{
    internal static void Run(IArrowFunction function, TaskInput input, TaskOutput output, TaskContext context, CancellationToken cancellation)
    {
        try
        {
            foreach (var batch in function.RunAsync(input.ReadAsync(cancellation), context, cancellation).ToBlockingEnumerable(cancellation)) Send(batch);
        }
        finally
        {
            Dispose(function);
        }

        void Send(RecordBatch batch)
        {
            cancellation.ThrowIfCancellationRequested();
            output.Write(batch ?? throw new OutputException("The function returned null for a batch."), () => function.GetOutputSchema(input.Schema));
        }
    }

    private static void Dispose(IArrowFunction function)
    {
        if (function is IAsyncDisposable asynchronous) asynchronous.DisposeAsync().AsTask().GetAwaiter().GetResult();
        else (function as IDisposable)?.Dispose();
    }
}
