using System.Buffers.Binary;
using System.Text;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;

namespace EyeSlots.Spark.Tests.Worker;

/// <summary>Spark's side of a task, written from the protocol's description: what the recorded cases do not contain.</summary>
internal sealed record Frame(int Level)
{
    internal string Version { get; init; } = "";

    internal bool Barrier { get; init; }

    internal int EvalType { get; init; } = 207;

    internal int Broadcasts { get; init; }

    internal int Functions { get; init; } = 1;

    internal int Partition { get; init; } = 7;

    internal string Command { get; init; } = """{"function": "echo"}""";

    internal (string Key, string Address)? Resource { get; init; }

    internal byte[] Bytes() => [.. Header(), .. Input(1), .. Int32(-4)];

    internal byte[] Header()
    {
        byte[] header =
        [
            .. Int32(Partition), .. Text(Version.Length > 0 ? Version : $"eyeslots/{Level}"), .. Task(), .. Text("/files"), .. Int32(1), .. Text("a.zip"),
            0, .. Int32(Broadcasts), .. Int32(EvalType), .. Int32(1), .. Text("key"), .. Text("value"), .. Conf(),
            .. Int32(Functions), .. Int32(1), .. Int32(0), .. Level >= 42 ? [1, .. Text("name")] : System.Array.Empty<byte>(), .. Int32(1), .. Text(Command),
            .. Level >= 42 ? Int64(5) : [],
        ];
        return Level >= 43 ? [.. Int32(-8), .. Int32(header.Length), .. header] : header;
    }

    /// <summary>Batches of one row, the row's number as <c>id</c>, in the one struct column that Spark sends.</summary>
    internal static byte[] Input(params long[] ids)
    {
        var columns = new StructType([new Field("id", Int64Type.Default, true)]);
        var schema = new Schema([new Field("struct", columns, true)], null);
        using var stream = new MemoryStream();
        using (var writer = new ArrowStreamWriter(stream, schema, leaveOpen: true))
        {
            writer.WriteStart();
            foreach (var id in ids)
                writer.WriteRecordBatch(new(schema, [new StructArray(columns, 1, [new Int64Array.Builder().Append(id).Build()], ArrowBuffer.Empty)], 1));
            writer.WriteEnd();
        }

        return stream.ToArray();
    }

    internal static byte[] Int32(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    internal static byte[] Text(string text) => [.. Int32(Encoding.UTF8.GetByteCount(text)), .. Encoding.UTF8.GetBytes(text)];

    private static byte[] Int64(long value) => [.. Int32((int)(value >> 32)), .. Int32((int)value)];

    private byte[] Task()
    {
        if (Level >= 42)
        {
            var gpu = Resource is { } one ? $$"""{"{{one.Key}}":{"name":"{{one.Key}}","addresses":["{{one.Address}}"] } }""" : "{}";
            return Text(
                $$"""{"isBarrier":{{(Barrier ? "true" : "false")}},"connInfo":-1,"cpuAmount":"2","localProperties":{"spark.a":"b"},"stageId":3""" +
                $$""","partitionId":{{Partition}},"attemptNumber":2,"taskAttemptId":5000000000,"cpus":2,"resources":{{gpu}} }""");
        }

        byte[] barrier = Level < 41 || Barrier ? [.. Int32(9), .. Text("s")] : [];
        var resources = Resource is { } has ? [.. Int32(1), .. Text(has.Key), .. Text(has.Key), .. Int32(1), .. Text(has.Address)] : Int32(0);
        return
        [
            (byte)(Barrier ? 1 : 0), .. barrier, .. Int32(3), .. Int32(Partition), .. Int32(2), .. Int64(5_000_000_000), .. Int32(2), .. resources,
            .. Int32(1), .. Text("spark.a"), .. Text("b"),
        ];
    }

    private byte[] Conf() => Level >= 42 ? [.. Int32(1), .. Text("eval"), .. Text("conf")] : Level >= 40 ? [0] : [];
}
