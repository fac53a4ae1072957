using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
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
    private const string Started = "Spark Connect server started at: ";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);
    private readonly Process process;
    private readonly string folder;
    private readonly ConcurrentQueue<string> lines = new();
    private readonly TaskCompletionSource<int?> port = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool isStarted;

    private LocalConnectServer(Process process, string folder) => (this.process, this.folder) = (process, folder);

    /// <summary>How to connect; nobody else is let in.</summary>
    public string Remote { get; private set; } = "";

    /// <summary>Starts one and waits until it listens, 6 to 12 seconds.</summary>
    /// <param name="home">A SPARK_HOME of Spark 4.0 or later.</param>
    /// <param name="cancellation">Stops the start.</param>
    /// <exception cref="EyeSlotsException">It did not start; says why.</exception>
    public static async Task<LocalConnectServer> StartAsync(string home, CancellationToken cancellation)
    {
        var jar = ConnectServerCommand.JarOf(home);
        var token = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var folder = Directory.CreateTempSubdirectory("eyeslots-spark-").FullName;
        var server = new LocalConnectServer(new() { StartInfo = ConnectServerCommand.Of(home, jar, token, folder), EnableRaisingEvents = true }, folder);
        try
        {
            var port = await server.WaitAsync(cancellation).ConfigureAwait(false);
            server.Remote = string.Create(CultureInfo.InvariantCulture, $"sc://127.0.0.1:{port}/;token={token}");
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
        if (isStarted) await EndAsync().ConfigureAwait(false);
        process.Dispose();
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Only temporary files are left, and how the run ended must not be hidden.
        }
    }

    private async Task EndAsync()
    {
        try
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync().WaitAsync(Grace).ConfigureAwait(false);
        }
        catch (Exception error) when (error is TimeoutException or IOException)
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private async Task<int> WaitAsync(CancellationToken cancellation)
    {
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.Exited += (_, _) => port.TrySetResult(null);
        Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            if (await port.Task.WaitAsync(Patience, cancellation).ConfigureAwait(false) is { } bound) return bound;
        }
        catch (TimeoutException)
        {
            // Told like an early end.
        }

        throw new EyeSlotsException(ErrorCodes.SparkFailed, $"The Spark server did not start; does it find Java 17? It said: {string.Join(" | ", lines)}");
    }

    private void Start()
    {
        try
        {
            isStarted = process.Start();
        }
        catch (Win32Exception error)
        {
            throw new EyeSlotsException(ErrorCodes.SparkFailed, $"The Spark server did not start: {error.Message}", error);
        }
    }

    private void Take(string? line)
    {
        if (line is null) return;
        lines.Enqueue(line);
        if (lines.Count > MostLines) lines.TryDequeue(out _);
        if (line.Contains(Started, StringComparison.Ordinal) && int.TryParse(line.AsSpan(line.LastIndexOf(':') + 1), CultureInfo.InvariantCulture, out var bound)) port.TrySetResult(bound);
    }
}
