using System.Net.Sockets;
using System.Text.Json;

namespace EyeSlots.Aws.Nodes;

/// <summary>What Spark's master and worker say on their pages, and whether Connect answers.</summary>
internal interface ISparkPages
{
    /// <summary>Workers that are alive; null where the master does not answer.</summary>
    Task<int?> WorkersAliveAsync(CancellationToken cancellation);

    /// <summary>Whether the worker of this machine is in its master's list.</summary>
    Task<bool> IsRegisteredAsync(CancellationToken cancellation);

    /// <summary>Whether the Connect server takes connections.</summary>
    Task<bool> ConnectAnswersAsync(CancellationToken cancellation);
}

/// <summary>Spark on this machine.</summary>
/// <param name="address">This machine's address.</param>
internal sealed class SparkPages(string address) : ISparkPages, IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(5), MaxResponseContentBufferSize = 8 << 20 };

    public Task<int?> WorkersAliveAsync(CancellationToken cancellation) => ReadAsync<int?>(
        SparkFiles.MasterPagesPort, master => master.GetProperty("workers").EnumerateArray().Count(worker => worker.GetProperty("state").GetString() == "ALIVE"), cancellation);

    public Task<bool> IsRegisteredAsync(CancellationToken cancellation) =>
        ReadAsync(SparkFiles.WorkerPagesPort, worker => worker.GetProperty("masterurl").GetString() is { Length: > 0 }, cancellation);

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

    // What does not answer, or answers something else, is not there yet.
    private async Task<T?> ReadAsync<T>(int port, Func<JsonElement, T> read, CancellationToken cancellation)
    {
        try
        {
            using var page = JsonDocument.Parse(await http.GetByteArrayAsync(new Uri($"http://{address}:{port}/json/"), cancellation).ConfigureAwait(false));
            return read(page.RootElement);
        }
        catch (Exception error) when (error is HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException || (error is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            return default;
        }
    }
}
