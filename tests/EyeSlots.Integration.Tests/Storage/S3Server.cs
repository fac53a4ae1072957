using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using EyeSlots.Core.Storage;
using EyeSlots.Integration.Tests.Storage;
using EyeSlots.Integration.Tests.Storage.Servers;
using EyeSlots.Storage.S3;

[assembly: AssemblyFixture(typeof(S3Server))]

namespace EyeSlots.Integration.Tests.Storage;

/// <summary>A real S3 server (versitygw) over a temporary folder, one for all tests of the assembly.</summary>
public sealed class S3Server : IAsyncLifetime
{
    private readonly string home = Directory.CreateTempSubdirectory("eyeslots-s3-").FullName;
    private Gateway? gateway;
    private ObjectStoreFactory? factory;

    public Uri Endpoint => gateway!.Endpoint;

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
    internal ObjectStoreFactory Connect(Uri? endpoint = null, string? profile = "test", S3Patience? patience = null, bool requesterPays = false) =>
        new(new((endpoint ?? Endpoint).AbsoluteUri, profile) { RequesterPays = requesterPays }) { Patience = patience ?? S3Patience.Usual };

    /// <summary>Starts a second server over the same folder, with options of its own.</summary>
    internal Task<Gateway> StartOtherAsync(params string[] options) => Gateway.StartAsync(AccessKey, SecretKey, DataFolder, options);

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

    /// <summary>Writes an object in parts: its ETag is then no MD5 of it.</summary>
    public async Task PutInPartsAsync(string bucket, string key, params byte[][] parts)
    {
        using var client = Client();
        var upload = (await client.InitiateMultipartUploadAsync(bucket, key)).UploadId;
        List<PartETag> done = [];
        foreach (var part in parts)
        {
            using var content = new MemoryStream(part);
            var answer = await client.UploadPartAsync(new() { BucketName = bucket, Key = key, UploadId = upload, PartNumber = done.Count + 1, InputStream = content });
            done.Add(new(done.Count + 1, answer.ETag));
        }

        await client.CompleteMultipartUploadAsync(new() { BucketName = bucket, Key = key, UploadId = upload, PartETags = done });
    }

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(DataFolder);
        UseProfiles();
        gateway = await Gateway.StartAsync(AccessKey, SecretKey, DataFolder);
        factory = Connect();
    }

    public async ValueTask DisposeAsync()
    {
        factory?.Dispose();
        if (gateway is not null) await gateway.DisposeAsync();
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

    private AmazonS3Client Client() => new(
        new BasicAWSCredentials(AccessKey, SecretKey),
        new AmazonS3Config { ServiceURL = Endpoint.AbsoluteUri, ForcePathStyle = true, AuthenticationRegion = "us-east-1" });
}
