using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using EyeSlots.Spark.Worker.Protocol;

namespace EyeSlots.Spark.Worker.Batches;

/// <summary>
/// The input of one task, taken out of the one struct column in which Spark wraps it. The first fault stays: a function that
/// catches it cannot make a task out of damaged input succeed.
/// </summary>
internal sealed class TaskInput(WireReader wire)
{
    private readonly ArrowStreamReader stream = new(new ArrowMessageStream(wire), CollectedMemory.Shared, leaveOpen: true);
    private Schema? schema;
    private ExceptionDispatchInfo? fault;
    private bool ended;

    /// <summary>The input's columns. Waits for Spark to send them.</summary>
    internal Schema Schema => schema ??= Guarded(() => Unwrap(stream.Schema));

    /// <summary>The batches that were not read yet. Each read blocks until Spark has sent a whole batch.</summary>
    internal async IAsyncEnumerable<RecordBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Next() is not { } batch) yield break;
            yield return batch;
        }
    }

    /// <summary>Reads what the function left, and the mark after it, without which the input was not complete.</summary>
    internal void Drain()
    {
        while (Next() is not null)
        {
        }

        var mark = wire.ReadInt32("the end of the input");
        if (mark != Mark.EndOfStream) throw new WireFormatException($"{mark} came after the input where {Mark.EndOfStream} was expected.");
    }

    private RecordBatch? Next()
    {
        fault?.Throw();
        if (ended) return null;
        var columns = Schema;
        var batch = Guarded(() => stream.ReadNextRecordBatch() is { } read ? Unwrap(read, columns) : null);
        ended = batch is null;
        return batch;
    }

    private static Schema Unwrap(Schema? wrapped) => wrapped is { FieldsList: [{ DataType: StructType columns }] }
        ? new(columns.Fields, null)
        : throw new WireFormatException("The input is not one struct column.");

    private static RecordBatch Unwrap(RecordBatch wrapped, Schema columns)
    {
        if (wrapped.ColumnCount != 1 || wrapped.Column(0) is not StructArray rows || rows.Length != wrapped.Length)
            throw new WireFormatException("A batch of the input is not one struct column of its length.");
        if (ArrayLayout.FaultOf(rows.Data) is { } broken) throw new WireFormatException($"A batch of the input {broken}.");
        return new(columns, rows.Fields, wrapped.Length);
    }

    private T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception broken)
        {
            var told = broken is WireFormatException or ConnectionClosedException
                ? broken
                : new WireFormatException($"The input's Arrow stream cannot be read: {broken.Message}", broken);
            fault = ExceptionDispatchInfo.Capture(told);
            throw told;
        }
    }
}
