using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyeSlots.Storage.S3;

/// <summary>Opens local folders and S3 prefixes. All S3 stores share one connection; a run on local folders never loads the AWS SDK.</summary>
public sealed class ObjectStoreFactory : IObjectStoreFactory, IDisposable
{
    private readonly Lock gate = new();
    private readonly Lazy<S3Settings> settings;
    private S3Connection? s3;

    /// <summary>Asks nobody yet.</summary>
    /// <param name="options">What is said about S3; completed from the AWS variables and files when an S3 address is first used.</param>
    /// <exception cref="EyeSlotsException">usage: a value is out of its range.</exception>
    public ObjectStoreFactory(S3Options options)
        : this(options, Environment.GetEnvironmentVariable)
    {
    }

    internal ObjectStoreFactory(S3Options options, Func<string, string?> variables)
    {
        options.Validated();
        settings = new(() => S3Settings.Resolve(options, variables), LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>Where S3 is.</summary>
    /// <exception cref="EyeSlotsException">What is configured cannot be used; the message names the setting.</exception>
    public S3Settings S3 => settings.Value;

    /// <summary>How long faults are waited out; set before the first <see cref="Open"/>.</summary>
    internal S3Patience Patience { get; init; } = S3Patience.Usual;

    /// <summary>Told what is of note; set before the first <see cref="Open"/>.</summary>
    public ILogger Log { get; init; } = NullLogger.Instance;

    /// <inheritdoc/>
    public IObjectStore Open(StorageAddress root, bool followLinks = false) => root.IsS3 ? new S3ObjectStore(root, Connect()) : new LocalObjectStore(root, followLinks);

    /// <summary>Sends a file of any size to an address on S3, over whatever is there. The object appears whole.</summary>
    /// <param name="to">The object's address.</param>
    /// <param name="file">The file on this machine.</param>
    /// <param name="sent">Told of the bytes of each part that has arrived.</param>
    /// <param name="cancellation">Gives up; nothing appears then.</param>
    /// <exception cref="StorageException">The store refused, or the file changed meanwhile.</exception>
    public Task UploadAsync(StorageAddress to, string file, IProgress<long>? sent = null, CancellationToken cancellation = default)
    {
        var (folder, name) = to.Split();
        return new S3Upload(Connect(), new(folder)).SendAsync(name, file, sent, cancellation);
    }

    /// <summary>The region in which a bucket is.</summary>
    /// <exception cref="StorageException">There is no such bucket, or its place may not be asked for.</exception>
    public async Task<string> RegionOfAsync(string bucket, CancellationToken cancellation = default)
    {
        var connection = Connect();
        return await connection.Retries.RunAsync("find", StorageAddress.Parse($"s3://{bucket}"), AskAsync, cancellation).ConfigureAwait(false);

        async Task<string> AskAsync(S3Attempt attempt)
        {
            var client = await connection.ClientAsync(bucket, attempt.Token).ConfigureAwait(false);
            var answer = await client.GetBucketLocationAsync(bucket, attempt.Token).ConfigureAwait(false);

            // The first region has no name here, and the second an old one.
            return answer.Location?.Value switch { null or "" => "us-east-1", "EU" => "eu-west-1", var region => region };
        }
    }

    /// <summary>Says where S3 is and whose credentials are used; for <c>doctor</c>.</summary>
    public Task<IReadOnlyList<ProbeResult>> CheckS3Async(CancellationToken cancellation = default) => S3Check.RunAsync(Connect(), cancellation);

    /// <summary>Ends the S3 clients; stores opened before are of no use after it.</summary>
    public void Dispose() => s3?.Dispose();

    private S3Connection Connect()
    {
        lock (gate) return s3 ??= new(settings, Patience) { Log = Log };
    }
}
