using System.Buffers.Binary;
using EyeSlots.Spark.Worker.Protocol;

namespace EyeSlots.Spark.Worker.Batches;

/// <summary>
/// The Arrow stream within a task's connection: whole and checked messages, up to the end mark and no further. Apache.Arrow takes
/// a stream that breaks off between two messages for complete, and one that goes on after its end for unfinished; here the first
/// is an error and the second cannot be seen.
/// </summary>
internal sealed class ArrowMessageStream(WireReader reader) : Stream
{
    /// <summary>The largest body of a message, in bytes: a batch with its longest row.</summary>
    internal const int LargestBody = 1 << 30;

    private const int LargestMetadata = 16 << 20, Prefix = 8, KeptBuffer = 16 << 20;
    private const string Item = "the input's Arrow stream";
    private byte[] message = new byte[Prefix];
    private int position, length;
    private bool first = true, ended;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        if (position == length && !ended) ReadMessage();
        var count = Math.Min(buffer.Length, length - position);
        message.AsSpan(position, count).CopyTo(buffer);
        position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void ReadMessage()
    {
        if (message.Length > KeptBuffer) message = new byte[Prefix];
        reader.ReadExactly(message.AsSpan(0, Prefix), Item);
        if (BinaryPrimitives.ReadInt32LittleEndian(message) != -1)
            throw new WireFormatException("An Arrow message does not begin with its continuation mark.");

        var metadata = BinaryPrimitives.ReadInt32LittleEndian(message.AsSpan(4));
        ended = metadata == 0;
        if (metadata is < 0 or > LargestMetadata)
            throw new WireFormatException($"The metadata of an Arrow message has the length {metadata}; at most {LargestMetadata} is allowed.");

        reader.Append(ref message, Prefix, metadata, Item);
        var body = ended ? 0 : ArrowMetadata.Check(message.AsSpan(Prefix, metadata), first);
        if (body is < 0 or > LargestBody)
            throw new WireFormatException($"The body of an Arrow message has the length {body}; at most {LargestBody} is allowed.");

        reader.Append(ref message, Prefix + metadata, (int)body, Item);
        (position, length, first) = (0, Prefix + metadata + (int)body, false);
    }
}
