using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace EyeSlots.Integration.Tests.Storage.Servers;

/// <summary>A process of versitygw, a real S3 server over a folder.</summary>
internal sealed class Gateway : IAsyncDisposable
{
    private const string Release = "versitygw-1.8.0";
    private readonly Process process;

    private Gateway(Process process, Uri endpoint) => (this.process, Endpoint) = (process, endpoint);

    public Uri Endpoint { get; }

    /// <summary>Starts it, and waits until it answers.</summary>
    public static Task<Gateway> StartAsync(string accessKey, string secretKey, string folder, params string[] options) => StartAsync(accessKey, secretKey, folder, [], options);

    /// <summary>
    /// Starts one that takes as little processor time as it can, for a server that has machines of its own where clients are measured: one
    /// processor, and garbage that is collected seldom.
    /// </summary>
    public static Task<Gateway> StartSparingAsync(string accessKey, string secretKey, string folder) => StartAsync(accessKey, secretKey, folder, [("GOMAXPROCS", "1"), ("GOGC", "800")], []);

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static async Task<Gateway> StartAsync(string accessKey, string secretKey, string folder, (string Name, string Value)[] runtime, string[] options)
    {
        var program = await UnpackAsync();
        for (var tries = 0; tries < 3; tries++)
        {
            var gateway = Start(program, FreePort(), accessKey, secretKey, folder, runtime, options);
            if (await gateway.AnswersAsync()) return gateway;
            await gateway.DisposeAsync();
        }

        throw new InvalidOperationException("The S3 server did not start.");
    }

    private static Gateway Start(string program, int port, string accessKey, string secretKey, string folder, (string Name, string Value)[] runtime, string[] options)
    {
        var start = new ProcessStartInfo(program, ["--quiet", "--keep-alive", "--port", $"127.0.0.1:{port}", .. options, "posix", folder]);
        start.Environment["ROOT_ACCESS_KEY"] = accessKey;
        start.Environment["ROOT_SECRET_KEY"] = secretKey;
        foreach (var (name, value) in runtime) start.Environment[name] = value;
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new(process, new($"http://127.0.0.1:{port}"));
    }

    private async Task<bool> AnswersAsync()
    {
        using var http = new HttpClient();
        for (var tries = 0; tries < 200 && !process.HasExited; tries++)
        {
            try
            {
                using var answer = await http.GetAsync(Endpoint);
                return true;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(50);
            }
        }

        return false;
    }

    private static async Task<string> UnpackAsync()
    {
        var program = Path.Combine(Path.GetTempPath(), "eyeslots-tests", Release);
        if (File.Exists(program)) return program;
        Directory.CreateDirectory(Path.GetDirectoryName(program)!);
        var own = $"{program}.{Environment.ProcessId}";
        using var unpack = Process.Start("sh", ["-c", "xz -dc \"$1\" > \"$2\" && chmod 755 \"$2\"", "sh", SharedFolder.File("s3", Release + "-linux-x64.xz"), own]);
        await unpack.WaitForExitAsync();
        if (unpack.ExitCode != 0) throw new InvalidOperationException("The S3 server could not be unpacked; is xz installed?");
        File.Move(own, program, overwrite: true);
        return program;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
