using EyeSlots.Spark.Worker.Batches;
using EyeSlots.Spark.Worker.Protocol;

namespace EyeSlots.Spark.Worker;

/// <summary>How a connection goes on after a task.</summary>
internal enum TaskEnd
{
    /// <summary>Spark may send another task.</summary>
    Ready,

    /// <summary>Spark has no more tasks, or gave this one up.</summary>
    Closed,

    /// <summary>An error was sent; Spark reads it and closes.</summary>
    Failed,
}

/// <summary>The conversation about the tasks of one connection, one after the other, whatever streams carry it.</summary>
internal sealed class TaskLoop(WireReader reader, WireWriter writer, FunctionSource functions, WorkerLog log, TimeProvider clock)
{
    private readonly long opened = Now(clock);
    private bool hasServed;
    private long boot;

    /// <summary>Waits for one task and answers it.</summary>
    /// <param name="begin">Called when a task has come; its token fires when Spark gives the task up.</param>
    internal TaskEnd RunNext(Func<CancellationToken> begin)
    {
        (IProtocolCodec Codec, TaskHeader Header)? task;
        try
        {
            task = TaskFrames.ReadNext(reader, Begin);
        }
        catch (WireFormatException refused)
        {
            return Fail(refused, log.Write);
        }
        catch (ConnectionClosedException closed)
        {
            log.Write("A connection ended before its task began. " + closed.Message);
            return TaskEnd.Closed;
        }

        return task is { } read ? Answer(read.Codec, read.Header, begin()) : TaskEnd.Closed;
    }

    /// <summary>
    /// Spark adds up how long each task waited for its worker. From the connection's begin on, a worker that is used again would seem to
    /// have been waited for since its first task.
    /// </summary>
    private void Begin()
    {
        boot = hasServed ? Now(clock) : opened;
        hasServed = true;
    }

    private TaskEnd Answer(IProtocolCodec codec, TaskHeader header, CancellationToken cancellation)
    {
        var tell = log.Of(header.Task);
        using var output = new TaskOutput(writer, codec.Level);
        try
        {
            Run(codec, header, output, cancellation);
            return TaskEnd.Ready;
        }
        catch (Exception failure) when (failure is ConnectionClosedException || cancellation.IsCancellationRequested)
        {
            tell("cancelled: Spark closed the connection");
            return TaskEnd.Closed;
        }
        catch (Exception failure) when (output.CanEnd)
        {
            output.End();
            return Fail(failure, tell);
        }
    }

    private void Run(IProtocolCodec codec, TaskHeader header, TaskOutput output, CancellationToken cancellation)
    {
        var start = Now(clock);
        var input = new TaskInput(reader);
        FunctionRun.Run(functions(header.Command), input, output, ContextOf(header), cancellation);
        output.End();
        input.Drain();
        codec.WriteTiming(writer, new(boot, start, Now(clock)));
        writer.WriteEndOfOutput();
        writer.WriteInt32(Mark.EndOfStream);
        writer.Flush();
    }

    private TaskEnd Fail(Exception failure, Action<string> tell)
    {
        var text = ErrorText.Of(failure);
        tell("failed: " + text);
        writer.WriteError(text);
        writer.Flush();
        return TaskEnd.Failed;
    }

    private TaskContext ContextOf(TaskHeader header) => new()
    {
        PartitionId = header.Task.PartitionId,
        StageId = header.Task.StageId,
        AttemptNumber = header.Task.AttemptNumber,
        TaskAttemptId = header.Task.TaskAttemptId,
        Cpus = header.Task.Cpus,
        FilesDirectory = header.FilesDirectory,
        LocalProperties = header.Task.LocalProperties,
        Resources = header.Task.Resources,
        Log = log.Of(header.Task),
    };

    private static long Now(TimeProvider clock) => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
