using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace EyeSlots.Spark.Worker.Daemon;

/// <summary>
/// Whether the other side has closed a connection, even with unread bytes before its end, which a receive cannot tell without
/// taking them.
/// </summary>
internal static partial class SocketProbe
{
    private const short Error = 0x8, HungUp = 0x10, PeerClosed = 0x2000;

    internal static bool IsClosed(Socket socket)
    {
        var handle = socket.SafeHandle;
        var held = false;
        try
        {
            handle.DangerousAddRef(ref held);
            var entry = new Entry { Handle = (int)handle.DangerousGetHandle(), Events = PeerClosed };
            return Poll(ref entry, 1, 0) > 0 && (entry.Found & (Error | HungUp | PeerClosed)) != 0;
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
        finally
        {
            if (held) handle.DangerousRelease();
        }
    }

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Poll(ref Entry entries, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct Entry
    {
        internal int Handle;
        internal short Events, Found;
    }
}
