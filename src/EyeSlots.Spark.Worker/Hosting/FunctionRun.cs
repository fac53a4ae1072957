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
            var batches = function.RunAsync(input.ReadAsync(cancellation), context, cancellation).GetAsyncEnumerator(cancellation);
            try
            {
                while (Wait(batches.MoveNextAsync())) Send(batches.Current);
            }
            finally
            {
                Wait(batches.DisposeAsync());
            }
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
        if (function is IAsyncDisposable asynchronous) Wait(asynchronous.DisposeAsync());
        else (function as IDisposable)?.Dispose();
    }

    private static bool Wait(ValueTask<bool> step) => step.IsCompleted ? step.Result : step.AsTask().GetAwaiter().GetResult();

    private static void Wait(ValueTask step)
    {
        if (step.IsCompleted) step.GetAwaiter().GetResult();
        else step.AsTask().GetAwaiter().GetResult();
    }
}
