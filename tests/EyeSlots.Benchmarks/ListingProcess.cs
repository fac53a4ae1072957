using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using EyeSlots.Integration.Tests.Storage.Servers;

namespace EyeSlots.Benchmarks;

/// <summary>A <see cref="ListingDouble"/> in a process of its own, so that its processor time and memory are not those of whoever is measured.</summary>
internal sealed class ListingProcess : IAsyncDisposable
{
    /// <summary>What all its keys begin with.</summary>
    public const string Prefix = "images/";

    private const string Mode = "listing-double";
    private readonly Process process;

    private ListingProcess(Process process, Uri endpoint) => (this.process, Endpoint) = (process, endpoint);

    public Uri Endpoint { get; }

    /// <summary>Starts one of so many photographs.</summary>
    public static async Task<ListingProcess> StartAsync(int folders, int perFolder, TimeSpan delay)
    {
        string[] numbers = [.. new[] { folders, perFolder, (int)delay.TotalMilliseconds }.Select(number => number.ToString(CultureInfo.InvariantCulture))];
        var start = new ProcessStartInfo(Environment.ProcessPath!, [Mode, .. numbers]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"] = "0";
        var process = Process.Start(start)!;
        return new(process, new(await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The double did not start.")));
    }

    /// <summary>What it was asked so far.</summary>
    public async Task<ListingCalls> CallsAsync()
    {
        await process.StandardInput.WriteLineAsync("calls");
        await process.StandardInput.FlushAsync();
        return JsonSerializer.Deserialize<ListingCalls>((await process.StandardOutput.ReadLineAsync())!)!;
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    /// <summary>Whether the arguments ask this program to be the double.</summary>
    public static bool IsMeant(string[] args) => args is [Mode, ..];

    /// <summary>Serves: a line of input asks for the calls so far; its end is the end.</summary>
    public static async Task<int> ServeAsync(string[] args)
    {
        var numbers = args[1..].Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        await using var server = new ListingDouble(new(Prefix, numbers[0], numbers[1]), new byte[30_000], TimeSpan.FromMilliseconds(numbers[2]));
        Console.WriteLine(server.Endpoint);
        while (await Console.In.ReadLineAsync() is not null) Console.WriteLine(JsonSerializer.Serialize(server.Calls));
        return 0;
    }
}
