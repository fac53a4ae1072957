using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using EyeSlots.Spark.Worker.Protocol;

namespace EyeSlots.Spark.Worker.Batches;

/// <summary>
/// The output of one task: one Arrow stream, begun by the first batch, whose one struct column holds the function's columns. A
/// task without a batch sends no stream.
/// </summary>
internal sealed class TaskOutput(WireWriter wire, ProtocolLevel level) : IDisposable
{
    private ArrowStreamWriter? stream;
    private Schema? declared, wrapped;
    private bool within;

    /// <summary>Whether a control integer may be sent now, which is not so after a batch that broke off.</summary>
    internal bool CanEnd => !within;

    /// <summary>Checks a batch and sends it at once.</summary>
    /// <param name="batch">Not disposed of.</param>
    /// <param name="schema">Asked for once, before the first batch.</param>
    /// <exception cref="OutputException">The batch is not as declared; nothing of it was sent.</exception>
    internal void Write(RecordBatch batch, Func<Schema> schema)
    {
        declared ??= Declare(schema());
        OutputCheck.Batch(batch, declared);
        within = true;
        stream ??= Begin();
        var rows = new StructArray(wrapped!.FieldsList[0].DataType, batch.Length, batch.Arrays, ArrowBuffer.Empty, 0, 0);
        stream.WriteRecordBatch(new(wrapped, [rows], batch.Length));
        wire.Flush();
        within = false;
    }

    /// <summary>Ends the stream, if one was begun; does nothing a second time.</summary>
    internal void End()
    {
        stream?.WriteEnd();
        Dispose();
    }

    public void Dispose()
    {
        stream?.Dispose();
        stream = null;
    }

    private Schema Declare(Schema schema)
    {
        OutputCheck.Declared(schema, level);
        return schema;
    }

    private ArrowStreamWriter Begin()
    {
        wrapped = new Schema([new Field("_0", new StructType([.. declared!.FieldsList]), nullable: true)], null);
        wire.WriteInt32(Mark.StartOfArrowStream);
        return new(wire.Stream, wrapped, leaveOpen: true);
    }
}
