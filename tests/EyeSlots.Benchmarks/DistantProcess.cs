using System.Diagnostics;
using System.Text.Json;
using EyeSlots.Integration.Tests.Storage.Servers;

namespace EyeSlots.Benchmarks;

/// <summary>A <see cref="DistantServer"/> in a process of its own, so that its processor time is not that of whoever is measured.</summary>
internal sealed class DistantProcess : IAsyncDisposable
{
    private const string Mode = "distant-server";
    private readonly Process process;

    private DistantProcess(Process process, Uri endpoint) => (this.process, Endpoint) = (process, endpoint);

    public Uri Endpoint { get; }

    /// <summary>Processor time that it has used so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Starts one before a server.</summary>
    public static async Task<DistantProcess> StartAsync(Uri server, Distance distance)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [Mode, server.AbsoluteUri, JsonSerializer.Serialize(distance)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };

        // Sockets' answers are then handled by the thread that waits for them, which saves a hand-over for each.
        start.Environment["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1";
        start.Environment["DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT"] = "1";
        // Idle threads of the pool sleep and do not spin.
        start.Environment["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"] = "0";
        var process = Process.Start(start)!;
        return new(process, new(await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The distant server did not start.")));
    }

    /// <summary>What has gone through so far.</summary>
    public async Task<DistantCalls> CallsAsync()
    {
        await process.StandardInput.WriteLineAsync("calls");
        await process.StandardInput.FlushAsync();
        return JsonSerializer.Deserialize<DistantCalls>((await process.StandardOutput.ReadLineAsync())!)!;
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    /// <summary>Whether the arguments ask this program to be the server.</summary>
    public static bool IsMeant(string[] args) => args is [Mode, ..];

    /// <summary>Serves: a line of input asks for the calls so far; its end is the end.</summary>
    public static async Task<int> ServeAsync(string[] args)
    {
        await using var server = new DistantServer(new(args[1]), JsonSerializer.Deserialize<Distance>(args[2])!);
        Console.WriteLine(server.Endpoint);
        while (await Console.In.ReadLineAsync() is not null) Console.WriteLine(JsonSerializer.Serialize(server.Calls));
        return 0;
    }
}
