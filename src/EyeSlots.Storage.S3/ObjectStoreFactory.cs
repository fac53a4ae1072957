namespace EyeSlots.Storage.S3;

/// <summary>Opens local folders and S3 prefixes. All S3 stores share one client; a run on local folders never loads the AWS SDK.</summary>
/// <param name="settings">Where S3 is; read only when an S3 address is opened.</param>
public sealed class ObjectStoreFactory(S3Settings settings) : IObjectStoreFactory, IDisposable
{
    private readonly Lock gate = new();
    private S3Connection? s3;

    /// <summary>How long faults are waited out; set before the first <see cref="Open"/>.</summary>
    internal S3Patience Patience { get; init; } = S3Patience.Usual;

    /// <inheritdoc/>
    public IObjectStore Open(StorageAddress root) => root.IsS3 ? OpenS3(root) : new LocalObjectStore(root);

    /// <summary>Ends the S3 client; stores opened before are of no use after it.</summary>
    public void Dispose() => s3?.Dispose();

    private S3ObjectStore OpenS3(StorageAddress root)
    {
        lock (gate) s3 ??= new(settings, Patience);
        return new(root, s3);
    }
}
