using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using EyeSlots.Core;

namespace EyeSlots.Spark.Engine;

/// <summary>
/// A Spark Connect server on this machine, in local mode, for one run. It ends with this object, and with this process however
/// that ends.
/// </summary>
public sealed class LocalConnectServer : IAsyncDisposable
{
    private const int MostLines = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);
    private readonly Process process;
    private readonly string folder;
    private readonly ConcurrentQueue<string> lines = new();
    private readonly TaskCompletionSource<bool> up = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private LocalConnectServer(Process process, string folder, string remote) => (this.process, this.folder, Remote) = (process, folder, remote);

    /// <summary>How to connect; nobody else is let in.</summary>
    public string Remote { get; }

    /// <summary>Starts one and waits until it listens, 6 to 12 seconds.</summary>
    /// <param name="home">A SPARK_HOME of Spark 4.0 or later.</param>
    /// <param name="cancellation">Stops the start.</param>
    /// <exception cref="EyeSlotsException">It did not start; says why.</exception>
    public static async Task<LocalConnectServer> StartAsync(string home, CancellationToken cancellation)
    {
        var jar = ConnectServerCommand.JarOf(home);
        var (port, token) = (FreePort(), RandomNumberGenerator.GetHexString(32, lowercase: true));
        var folder = Directory.CreateTempSubdirectory("eyeslots-spark-").FullName;
        var remote = string.Create(CultureInfo.InvariantCulture, $"sc://127.0.0.1:{port}/;token={token}");
        var server = new LocalConnectServer(new() { StartInfo = ConnectServerCommand.Of(home, jar, port, token, folder), EnableRaisingEvents = true }, folder, remote);
        try
        {
            await server.WaitAsync(cancellation).ConfigureAwait(false);
            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Ends the server and removes what it wrote.</summary>
    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        try
        {
            await process.WaitForExitAsync().WaitAsync(Grace).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    private async Task WaitAsync(CancellationToken cancellation)
    {
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.Exited += (_, _) => up.TrySetResult(false);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            if (await up.Task.WaitAsync(Patience, cancellation).ConfigureAwait(false)) return;
        }
        catch (TimeoutException)
        {
            // Told like an early end.
        }

        throw new EyeSlotsException(ErrorCodes.SparkFailed, $"The Spark server did not start; does it find Java 17? It said: {string.Join(" | ", lines)}");
    }

    private void Take(string? line)
    {
        if (line is null) return;
        lines.Enqueue(line);
        if (lines.Count > MostLines) lines.TryDequeue(out _);
        if (line.Contains("Spark Connect server started", StringComparison.Ordinal)) up.TrySetResult(true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
