using System.Net.Sockets;
using System.Text.Json;

namespace EyeSlots.Aws.Nodes;

/// <summary>What Spark's master says on its pages, and whether Connect answers.</summary>
internal interface ISparkPages
{
    /// <summary>Workers that are alive; null where the master does not answer.</summary>
    Task<int?> WorkersAliveAsync(CancellationToken cancellation);

    /// <summary>Whether the Connect server takes connections.</summary>
    Task<bool> ConnectAnswersAsync(CancellationToken cancellation);
}

/// <summary>The master of this machine.</summary>
/// <param name="address">This machine's address.</param>
internal sealed class SparkPages(string address) : ISparkPages, IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(5), MaxResponseContentBufferSize = 8 << 20 };

    public async Task<int?> WorkersAliveAsync(CancellationToken cancellation)
    {
        try
        {
            var answer = await http.GetByteArrayAsync(new Uri($"http://{address}:{SparkFiles.MasterPagesPort}/json/"), cancellation).ConfigureAwait(false);
            using var master = JsonDocument.Parse(answer);
            return master.RootElement.GetProperty("workers").EnumerateArray().Count(worker => worker.GetProperty("state").GetString() == "ALIVE");
        }
        catch (Exception error) when (error is HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException || (error is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            return null;
        }
    }

    public async Task<bool> ConnectAnswersAsync(CancellationToken cancellation)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", SparkFiles.ConnectPort, cancellation).ConfigureAwait(false);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public void Dispose() => http.Dispose();
}
