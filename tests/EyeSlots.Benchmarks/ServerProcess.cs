using System.Diagnostics;
using System.Text.Json;

namespace EyeSlots.Benchmarks;

/// <summary>
/// A server that a benchmark asks, as this program in a process of its own: its processor time and memory are then not those of whoever is
/// measured. A line of input asks for the calls so far; the input's end is its end.
/// </summary>
/// <typeparam name="TCalls">What it counts.</typeparam>
internal sealed class ServerProcess<TCalls> : IAsyncDisposable
{
    private readonly Process process;

    private ServerProcess(Process process, Uri endpoint) => (this.process, Endpoint) = (process, endpoint);

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

    /// <summary>Starts this program with these arguments, by which it knows that it is the server.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="environment">Variables besides this process's own.</param>
    public static async Task<ServerProcess<TCalls>> StartAsync(string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;

        // Idle threads of the pool sleep and do not spin.
        start.Environment["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"] = "0";
        var process = Process.Start(start)!;
        return new(process, new(await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"{arguments[0]} did not start.")));
    }

    /// <summary>What it was asked so far.</summary>
    public async Task<TCalls> CallsAsync()
    {
        await process.StandardInput.WriteLineAsync("calls");
        await process.StandardInput.FlushAsync();
        return JsonSerializer.Deserialize<TCalls>((await process.StandardOutput.ReadLineAsync())!)!;
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    /// <summary>The other side: tells where the server is, and what it was asked whenever somebody wants to know.</summary>
    public static async Task<int> ServeAsync(Uri endpoint, Func<TCalls> calls)
    {
        Console.WriteLine(endpoint);
        while (await Console.In.ReadLineAsync() is not null) Console.WriteLine(JsonSerializer.Serialize(calls()));
        return 0;
    }
}
