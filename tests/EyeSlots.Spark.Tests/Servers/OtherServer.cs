using System.Net;
using System.Net.Sockets;

namespace EyeSlots.Spark.Tests.Servers;

/// <summary>A server that is no Spark: it answers the first bytes of a connection with these, or with nothing and stays silent.</summary>
internal sealed class OtherServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly byte[] answer;

    public OtherServer(string answer)
    {
        this.answer = System.Text.Encoding.Latin1.GetBytes(answer);
        listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public void Dispose() => listener.Stop();

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await listener.AcceptTcpClientAsync());
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The end.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            var stream = client.GetStream();
            var buffer = new byte[1 << 12];
            var read = await stream.ReadAsync(buffer);
            if (answer.Length > 0) await stream.WriteAsync(answer);
            else while (read > 0) read = await stream.ReadAsync(buffer);
        }
    }
}
