using Amazon.Runtime;

namespace EyeSlots.Storage.S3;

/// <summary>
/// A prefix of an S3 bucket. A version is the object's ETag, or <c>m:</c> and its time where a server gives none. Keys are taken
/// as they are; those that a folder could not have (empty, <c>.</c> and <c>..</c> parts) are not there.
/// </summary>
public sealed class S3ObjectStore : IObjectStore
{
    private readonly S3Connection s3;
    private readonly S3Keys keys;
    private readonly S3Stats stats;
    private readonly S3Listing listing;
    private readonly S3Reading reading;
    private readonly S3Starts starts;
    private readonly S3Publication publication;

    internal S3ObjectStore(StorageAddress address, S3Connection s3)
    {
        (Address, this.s3, keys) = (address, s3, new(address));
        stats = new(s3, keys);
        listing = new(s3, keys, address);
        reading = new(s3, keys);
        starts = new(reading);
        publication = new(s3, keys, reading);
    }

    /// <inheritdoc/>
    public StorageAddress Address { get; }

    /// <inheritdoc/>
    public bool PrefersListing => true;

    /// <inheritdoc/>
    public int ReadsAtOnce => 16;

    /// <inheritdoc/>
    public bool AnswersAtOnce => false;

    /// <inheritdoc/>
    public bool StartsPay => s3.Starts.Pay;

    /// <inheritdoc/>
    public ValueTask<ObjectStat?> StatAsync(string key, CancellationToken cancellation = default) => stats.OfAsync(key, cancellation);

    /// <summary>All objects whose key starts with the prefix, in the server's order; markers of folders are left out.</summary>
    public IAsyncEnumerable<ObjectStat> ListAsync(string prefix, CancellationToken cancellation = default) => listing.ListAsync(prefix, cancellation);

    /// <inheritdoc/>
    public bool ListsRanges => listing.ListsRanges;

    /// <inheritdoc/>
    public IAsyncEnumerable<IReadOnlyList<ObjectStat>> ListRangeAsync(KeyRange range, int mostKeys = KeyRange.PageKeys, CancellationToken cancellation = default) =>
        listing.ListRangeAsync(range, mostKeys, cancellation);

    /// <inheritdoc/>
    public ValueTask<ReadOutcome> ReadAsync(
        string key, ObjectStat? expected, ByteBuffer buffer, long maxBytes, CancellationToken cancellation = default) =>
        reading.ReadAsync(key, expected, buffer, maxBytes, cancellation);

    /// <inheritdoc/>
    public ValueTask<ReadOutcome> ReadStartAsync(string key, ObjectStat expected, ByteBuffer buffer, int bytes, CancellationToken cancellation = default) =>
        starts.ReadStartAsync(key, expected, buffer, bytes, cancellation);

    /// <inheritdoc/>
    public ValueTask<ReadOutcome> ReadRestAsync(string key, ObjectStat expected, ByteBuffer buffer, CancellationToken cancellation = default) =>
        starts.ReadRestAsync(key, expected, buffer, cancellation);

    /// <inheritdoc/>
    public ValueTask<bool> ReadPartAsync(string key, long offset, Memory<byte> part, CancellationToken cancellation = default) =>
        reading.ReadPartAsync(key, offset, part, cancellation);

    /// <summary>Opens the content as a forward-only stream that goes on after a broken connection.</summary>
    public Task<Stream> OpenAsync(string key, CancellationToken cancellation = default) => S3Keys.IsBelow(key)
        ? new S3Stream(s3, keys, key).OpenAsync(cancellation)
        : throw new StorageException($"There is no object '{key}' below {Address}; check the address.");

    /// <inheritdoc/>
    public Task<bool> PublishAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellation = default) =>
        publication.PublishAsync(key, null, content, cancellation);

    /// <summary>Replaces by If-Match; an object without an ETag is looked at before.</summary>
    public Task<bool> ReplaceAsync(string key, ObjectStat seen, ReadOnlyMemory<byte> content, CancellationToken cancellation = default) =>
        publication.PublishAsync(key, seen, content, cancellation);

    /// <inheritdoc/>
    public async Task DeleteAsync(string key, CancellationToken cancellation = default)
    {
        S3Keys.Require(key);
        await s3.Retries.RunAsync("delete", keys.At(key), TryAsync, cancellation).ConfigureAwait(false);

        async Task<bool> TryAsync(S3Attempt attempt)
        {
            try
            {
                var client = await s3.ClientAsync(keys.Bucket, attempt.Token).ConfigureAwait(false);
                await client.DeleteObjectAsync(new() { BucketName = keys.Bucket, Key = keys.Full(key), RequestPayer = s3.Payer }, attempt.Token).ConfigureAwait(false);
                return true;
            }
            catch (AmazonServiceException error) when (S3Faults.IsMissingKey(error))
            {
                return false;
            }
        }
    }
}
