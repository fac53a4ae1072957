using System.Buffers.Binary;
using System.Text;

namespace EyeSlots.Spark.Worker.Protocol;

/// <summary>The primitives of the reply, big-endian. Nothing is sent before <see cref="Flush"/>, which the caller owes.</summary>
internal sealed class WireWriter(Stream stream)
{
    /// <summary>For the Arrow stream between two control integers.</summary>
    internal Stream Stream => stream;

    internal void WriteInt32(int value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        stream.Write(bytes);
    }

    internal void WriteInt64(long value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        stream.Write(bytes);
    }

    internal void WriteText(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        WriteInt32(bytes.Length);
        stream.Write(bytes);
    }

    /// <summary>Allowed where Spark waits for a control integer: before the output's stream or after its end.</summary>
    internal void WriteError(string text)
    {
        WriteInt32(Mark.Error);
        WriteText(text);
    }

    /// <summary>The end of the output, with no accumulator to update.</summary>
    internal void WriteEndOfOutput()
    {
        WriteInt32(Mark.EndOfOutput);
        WriteInt32(0);
    }

    internal void Flush() => stream.Flush();
}
