using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using Amazon.S3;
using EyeSlots.Core.Storage;
using EyeSlots.Integration.Tests.Storage;
using EyeSlots.Storage.S3;

[assembly: AssemblyFixture(typeof(S3Server))]

namespace EyeSlots.Integration.Tests.Storage;

/// <summary>A real S3 server (versitygw) over a temporary folder, one for all tests of the assembly.</summary>
public sealed class S3Server : IAsyncLifetime
{
    private const string Release = "versitygw-1.8.0";
    private readonly string home = Directory.CreateTempSubdirectory("eyeslots-s3-").FullName;
    private Process? process;
    private ObjectStoreFactory? factory;

    public Uri Endpoint { get; private set; } = null!;

    public string AccessKey => "test";

    public string SecretKey => "testsecret";

    /// <summary>Each bucket is a folder in it; files dropped there by hand are objects without an ETag.</summary>
    public string DataFolder => Path.Combine(home, "data");

    /// <summary>Opens stores on the server, with the retries of the product.</summary>
    public IObjectStoreFactory Factory => factory!;

    /// <summary>What a child process needs to reach the server.</summary>
    public IReadOnlyDictionary<string, string> EnvironmentVariables => new Dictionary<string, string>
    {
        ["AWS_ENDPOINT_URL_S3"] = Endpoint.AbsoluteUri,
        ["AWS_ACCESS_KEY_ID"] = AccessKey,
        ["AWS_SECRET_ACCESS_KEY"] = SecretKey,
        ["AWS_REGION"] = "us-east-1",
        ["AWS_EC2_METADATA_DISABLED"] = "true",
    };

    /// <summary>Opens stores with the server's keys, or those of another profile: "wrong-secret", "unknown-key".</summary>
    internal ObjectStoreFactory Connect(Uri? endpoint = null, string? profile = "test", S3Patience? patience = null) =>
        new(new(endpoint ?? Endpoint, profile, null)) { Patience = patience ?? S3Patience.Usual };

    public async Task CreateBucketAsync(string name)
    {
        using var client = Client();
        await client.PutBucketAsync(name);
    }

    /// <summary>Writes an object as another program would: without our mark, over whatever is there.</summary>
    public async Task PutAsync(string bucket, string key, string content)
    {
        using var client = Client();
        await client.PutObjectAsync(new() { BucketName = bucket, Key = key, ContentBody = content });
    }

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(DataFolder);
        UseProfiles();
        var program = await UnpackAsync();
        for (var tries = 0; tries < 3 && !await StartAsync(program); tries++) process?.Dispose();
        if (process is not { HasExited: false }) throw new InvalidOperationException("The S3 server did not start.");
        factory = Connect();
    }

    public async ValueTask DisposeAsync()
    {
        factory?.Dispose();
        if (process is not null)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        Directory.Delete(home, recursive: true);
    }

    // Profiles and not variables, so that tests with other keys can run beside each other in one process.
    private void UseProfiles()
    {
        var file = Path.Combine(home, "credentials");
        File.WriteAllText(file, $"""
            [test]
            aws_access_key_id = {AccessKey}
            aws_secret_access_key = {SecretKey}
            [wrong-secret]
            aws_access_key_id = {AccessKey}
            aws_secret_access_key = not-the-{SecretKey}
            [unknown-key]
            aws_access_key_id = nobody
            aws_secret_access_key = {SecretKey}
            """);
        Environment.SetEnvironmentVariable("AWS_SHARED_CREDENTIALS_FILE", file);
        Environment.SetEnvironmentVariable("AWS_EC2_METADATA_DISABLED", "true");
        foreach (var name in (string[])["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE", "AWS_CONFIG_FILE"])
            Environment.SetEnvironmentVariable(name, null);
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

    private async Task<bool> StartAsync(string program)
    {
        var port = FreePort();
        Endpoint = new($"http://127.0.0.1:{port}");
        var start = new ProcessStartInfo(program, ["--quiet", "--keep-alive", "--port", $"127.0.0.1:{port}", "posix", DataFolder]);
        start.Environment["ROOT_ACCESS_KEY"] = AccessKey;
        start.Environment["ROOT_SECRET_KEY"] = SecretKey;
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
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

    private AmazonS3Client Client() => new(
        new BasicAWSCredentials(AccessKey, SecretKey),
        new AmazonS3Config { ServiceURL = Endpoint.AbsoluteUri, ForcePathStyle = true, AuthenticationRegion = "us-east-1" });

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
