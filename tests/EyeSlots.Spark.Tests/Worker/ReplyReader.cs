using System.Buffers.Binary;
using System.Text;
using Apache.Arrow;
using Apache.Arrow.Ipc;

namespace EyeSlots.Spark.Tests.Worker;

/// <summary>A worker's answer to one task as Spark would take it, read by section 2.4 of the protocol's description alone.</summary>
internal sealed record Reply
{
    internal List<RecordBatch> Batches { get; } = [];

    internal long[] Timing { get; private set; } = [];

    internal string? Error { get; private set; }

    /// <summary>The last integer: -4 where the worker may be used again.</summary>
    internal int End { get; private set; }

    /// <summary>Where the Arrow stream ended and the rest of the reply began.</summary>
    internal int AfterStream { get; private set; }

    internal static Reply Read(Stream stream, int level)
    {
        var reply = new Reply();
        var mark = Int32(stream);
        if (mark == -6)
        {
            reply.ReadArrow(stream);
            mark = Int32(stream);
        }

        if (mark == -3)
        {
            reply.Timing = [.. Enumerable.Range(0, level >= 42 ? 6 : 5).Select(_ => Int64(stream))];
            mark = Int32(stream);
        }

        if (mark == -2)
        {
            reply.Error = Text(stream);
            return reply;
        }

        Assert.Equal(-1, mark);
        Assert.Equal(0, Int32(stream));
        reply.End = Int32(stream);
        return reply;
    }

    internal static Reply Read(byte[] bytes, int level)
    {
        using var stream = new MemoryStream(bytes);
        var reply = Read(stream, level);
        Assert.Equal(stream.Length, stream.Position);
        return reply;
    }

    internal static string Text(Stream stream) => Encoding.UTF8.GetString(Exactly(stream, Int32(stream)));

    internal static int Int32(Stream stream) => BinaryPrimitives.ReadInt32BigEndian(Exactly(stream, 4));

    private static long Int64(Stream stream) => BinaryPrimitives.ReadInt64BigEndian(Exactly(stream, 8));

    private static byte[] Exactly(Stream stream, int count)
    {
        var bytes = new byte[count];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private void ReadArrow(Stream stream)
    {
        using var arrow = new ArrowStreamReader(stream, leaveOpen: true);
        while (arrow.ReadNextRecordBatch() is { } batch)
        {
            Assert.Single(batch.Arrays);
            Batches.Add(batch);
        }

        if (stream.CanSeek) AfterStream = (int)stream.Position;
    }
}
