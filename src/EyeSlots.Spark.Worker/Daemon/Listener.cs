using System.Net;
using System.Net.Sockets;
using System.Text;
using EyeSlots.Spark.Worker.Protocol;

namespace EyeSlots.Spark.Worker.Daemon;

/// <summary>
/// The socket that Spark connects to once for each task it runs at a time: loopback TCP, or a file that only this user may open.
/// </summary>
internal sealed class Listener : IDisposable
{
    private const int Backlog = 128;
    private readonly Socket socket;
    private readonly string? path;

    private Listener(Socket socket, string? path)
    {
        this.socket = socket;
        this.path = path;
    }

    /// <exception cref="LaunchException">There is no loopback address, or the folder of the socket cannot be written.</exception>
    internal static Listener Open(LaunchSettings settings)
    {
        try
        {
            return settings.SocketFolder is { } folder
                ? OpenFile(folder)
                : OpenPort(settings.PrefersIPv6 ? IPAddress.IPv6Loopback : IPAddress.Loopback);
        }
        catch (Exception refused) when (refused is SocketException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            var where = settings.SocketFolder is { } at ? " in " + at : "";
            throw new LaunchException($"The worker cannot listen{where}: {refused.Message}", refused);
        }
    }

    /// <summary>Tells Spark where to connect. Nothing else may be written to standard output before.</summary>
    internal void Announce(Stream output)
    {
        var wire = new WireWriter(output);
        if (path is null) wire.WriteInt32(((IPEndPoint)socket.LocalEndPoint!).Port);
        else wire.WriteText(path);
        wire.Flush();
    }

    /// <summary>Waits for a connection; null once the listener is disposed of.</summary>
    /// <exception cref="SocketException">This connection failed; the next may succeed.</exception>
    internal Socket? Accept()
    {
        try
        {
            var connection = socket.Accept();
            if (path is null) connection.NoDelay = true;
            return connection;
        }
        catch (Exception stopped) when (stopped is ObjectDisposedException
            or SocketException { SocketErrorCode: SocketError.OperationAborted or SocketError.Interrupted })
        {
            return null;
        }
    }

    public void Dispose()
    {
        // A connection that the system took and nobody accepted gets a reset, upon which Spark starts a new daemon.
        socket.Dispose();
        if (path is not null) File.Delete(path);
    }

    private static Listener OpenPort(IPAddress address)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(address, 0));
        socket.Listen(Backlog);
        return new(socket, null);
    }

    private static Listener OpenFile(string folder)
    {
        var path = Path.Join(Path.GetFullPath(folder), $".{Path.GetRandomFileName()}.sock");
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        socket.Listen(Backlog);
        return new(socket, path);
    }
}
