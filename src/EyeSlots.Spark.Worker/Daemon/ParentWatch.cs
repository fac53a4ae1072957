using System.Buffers.Binary;

namespace EyeSlots.Spark.Worker.Daemon;

/// <summary>
/// Watches standard input, whose end means that Spark's process is gone. A number on it asks to kill the worker of that process
/// id; all ours have the same, and Spark closes the right connection right after, so the number is only logged.
/// </summary>
internal static class ParentWatch
{
    /// <returns>Completes when Spark is gone.</returns>
    internal static Task Start(Stream input, WorkerLog log)
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => Watch(input, log, gone)) { IsBackground = true, Name = "stdin" }.Start();
        return gone.Task;
    }

    private static void Watch(Stream input, WorkerLog log, TaskCompletionSource gone)
    {
        var number = new byte[4];
        try
        {
            while (input.ReadAtLeast(number, 4, throwOnEndOfStream: false) == 4)
                log.Write($"Spark asks to kill process {BinaryPrimitives.ReadInt32BigEndian(number)}; its connection will be closed.");
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException)
        {
            log.Write("Standard input failed. " + closed.Message);
        }

        gone.SetResult();
    }
}
