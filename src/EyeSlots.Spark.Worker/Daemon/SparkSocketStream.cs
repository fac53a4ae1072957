using System.Net.Sockets;
using EyeSlots.Spark.Worker.Protocol;

namespace EyeSlots.Spark.Worker.Daemon;

/// <summary>
/// A connection as a stream. Spark writes in small pieces without TCP_NODELAY, so each of them would wait 40 ms for a delayed
/// acknowledgement; Linux forgets TCP_QUICKACK, so it is set before and after every receive.
/// </summary>
internal sealed class SparkSocketStream(Socket socket) : Stream
{
    private const int Tcp = 6, QuickAcknowledgement = 12;
    private readonly bool acknowledges = OperatingSystem.IsLinux() && socket.AddressFamily != AddressFamily.Unix;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="ConnectionClosedException">The connection was reset, or disposed of meanwhile.</exception>
    public override int Read(Span<byte> buffer)
    {
        try
        {
            AcknowledgeAtOnce();
            var count = socket.Receive(buffer);
            AcknowledgeAtOnce();
            return count;
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            throw new ConnectionClosedException($"Spark cannot be read: {closed.Message}", closed);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <exception cref="ConnectionClosedException">The connection was reset, or disposed of meanwhile.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            while (!buffer.IsEmpty) buffer = buffer[socket.Send(buffer)..];
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            throw new ConnectionClosedException($"Spark cannot be written to: {closed.Message}", closed);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private void AcknowledgeAtOnce()
    {
        if (acknowledges) socket.SetRawSocketOption(Tcp, QuickAcknowledgement, [1, 0, 0, 0]);
    }
}
