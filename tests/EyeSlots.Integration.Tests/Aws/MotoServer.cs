using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using EyeSlots.Aws.Requests;

namespace EyeSlots.Integration.Tests.Aws;

/// <summary>
/// A process of moto_server, which answers as CloudFormation, S3, Step Functions and other services do, and forgets all at its end. Started
/// for a class of tests as its fixture, or by a test for itself: what one makes in it, all see that use it.
/// </summary>
public sealed class MotoServer : IAsyncLifetime
{
    public const string Region = "us-east-1";
    private const int Tries = 3, LinesKept = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly ConcurrentQueue<string> said = new();
    private Process? process;

    /// <summary>Where it answers for all services.</summary>
    public Uri Endpoint { get; private set; } = null!;

    /// <summary>What a child process needs to reach it.</summary>
    public IReadOnlyDictionary<string, string> EnvironmentVariables => new Dictionary<string, string>
    {
        ["AWS_ENDPOINT_URL"] = Endpoint.AbsoluteUri,
        ["AWS_ACCESS_KEY_ID"] = "test",
        ["AWS_SECRET_ACCESS_KEY"] = "testsecret",
        ["AWS_REGION"] = Region,
        ["AWS_EC2_METADATA_DISABLED"] = "true",
    };

    /// <summary>Variables of the server itself, such as <c>MOTO_PORT</c>: where the calls of state machines go; to itself, where it is not set.</summary>
    internal Dictionary<string, string> Variables { get; } = [];

    /// <summary>Starts one.</summary>
    /// <exception cref="InvalidOperationException">It is not installed or did not start.</exception>
    public async ValueTask InitializeAsync()
    {
        for (var tries = 0; tries < Tries; tries++)
        {
            Start(FreePort());
            if (await AnswersAsync()) return;
            await DisposeAsync();
        }

        throw new InvalidOperationException($"moto_server did not start; it needs its server's parts: pip install 'moto[all,server]'. It said last: {string.Join(" | ", said)}");
    }

    public async ValueTask DisposeAsync()
    {
        if (process is null) return;
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    /// <summary>Access by keys that it takes.</summary>
    internal AwsAccess Open(TimeProvider? time = null) =>
        new(new(Endpoint: Endpoint.AbsoluteUri), time ?? TimeProvider.System, EnvironmentVariables.GetValueOrDefault);

    private void Start(int port)
    {
        var start = new ProcessStartInfo("moto_server", ["-H", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["MOTO_PORT"] = port.ToString(CultureInfo.InvariantCulture);
        foreach (var (name, value) in Variables) start.Environment[name] = value;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception error)
        {
            throw new InvalidOperationException($"moto_server cannot be started ({error.Message}); install it with: pip install 'moto[all,server]'", error);
        }

        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Endpoint = new($"http://127.0.0.1:{port}");
    }

    private async Task<bool> AnswersAsync()
    {
        using var http = new HttpClient();
        var started = Stopwatch.StartNew();
        while (started.Elapsed < Patience && !process!.HasExited)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(Endpoint, "moto-api/data.json"));
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(100);
            }
        }

        return false;
    }

    private void Keep(string? line)
    {
        if (line is not { Length: > 0 }) return;
        said.Enqueue(line);
        if (said.Count > LinesKept) said.TryDequeue(out _);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
