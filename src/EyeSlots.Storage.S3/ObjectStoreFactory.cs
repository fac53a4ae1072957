namespace EyeSlots.Storage.S3;

/// <summary>Opens local folders and S3 prefixes. All S3 stores share one connection; a run on local folders never loads the AWS SDK.</summary>
/// <param name="options">What is said about S3; completed from the AWS variables and files when an S3 address is first used.</param>
public sealed class ObjectStoreFactory(S3Options options) : IObjectStoreFactory, IDisposable
{
    private readonly Lock gate = new();
    private readonly Lazy<S3Settings> settings = new(() => S3Settings.Resolve(options), LazyThreadSafetyMode.PublicationOnly);
    private S3Connection? s3;

    /// <summary>Where S3 is.</summary>
    /// <exception cref="EyeSlotsException">What is configured cannot be used; the message names the setting.</exception>
    public S3Settings S3 => settings.Value;

    /// <summary>How long faults are waited out; set before the first <see cref="Open"/>.</summary>
    internal S3Patience Patience { get; init; } = S3Patience.Usual;

    /// <inheritdoc/>
    public IObjectStore Open(StorageAddress root, bool followLinks = false) => root.IsS3 ? new S3ObjectStore(root, Connect()) : new LocalObjectStore(root, followLinks);

    /// <summary>Says where S3 is and whose credentials are used; for <c>doctor</c>.</summary>
    public Task<IReadOnlyList<ProbeResult>> CheckS3Async(CancellationToken cancellation = default) => S3Check.RunAsync(Connect(), cancellation);

    /// <summary>Ends the S3 clients; stores opened before are of no use after it.</summary>
    public void Dispose() => s3?.Dispose();

    private S3Connection Connect()
    {
        lock (gate) return s3 ??= new(settings, Patience);
    }
}
