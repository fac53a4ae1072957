using System.Globalization;
using System.Text;

namespace EyeSlots.Spark.Worker;

/// <summary>
/// Lines for the executor's log, which collects standard error. A log that cannot be written is no reason to fail a task.
/// </summary>
internal sealed class WorkerLog(Stream stream, TimeProvider clock)
{
    private readonly Lock gate = new();

    internal void Write(string text)
    {
        var time = clock.GetUtcNow().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
        var line = Encoding.UTF8.GetBytes($"{time} worker {Environment.ProcessId}: {text}\n");
        try
        {
            lock (gate)
            {
                stream.Write(line);
                stream.Flush();
            }
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException)
        {
        }
    }

    /// <summary>The log of one task.</summary>
    internal Action<string> Of(Protocol.TaskIdentity task) => text =>
        Write($"stage {task.StageId} partition {task.PartitionId} attempt {task.AttemptNumber} task {task.TaskAttemptId}: {text}");
}
