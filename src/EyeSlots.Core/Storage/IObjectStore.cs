namespace EyeSlots.Core.Storage;

/// <summary>A file or object as a store lists it.</summary>
/// <param name="Key">Path below the store's root, with <c>/</c> between parts.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Version">Changes when the content changes: modification time (local), ETag or LastModified (S3).</param>
/// <param name="Modified">When it was last written.</param>
public readonly record struct ObjectStat(string Key, long Size, string Version, DateTimeOffset Modified)
{
    /// <summary>Whether it is in an archive (S3's GLACIER and DEEP_ARCHIVE) and cannot be read before it is restored.</summary>
    public bool IsArchived { get; init; }

    /// <summary>Whether a link leads out of the store's root to it, so that <see cref="IObjectStore.ReadAsync"/> refuses it.</summary>
    public bool LeavesRoot { get; init; }
}

/// <summary>How a read ended; faults of the store itself are a <see cref="StorageException"/>.</summary>
public enum ReadOutcome
{
    /// <summary>The buffer holds the whole content.</summary>
    Read,

    /// <summary>There is no such regular file or object.</summary>
    Missing,

    /// <summary>It is not the version asked for, or it changed while it was read.</summary>
    Changed,

    /// <summary>It is larger than allowed; nothing was read.</summary>
    TooLarge,

    /// <summary>A link leads out of the store's root; nothing was read.</summary>
    OutsideRoot,
}

/// <summary>
/// A folder or an S3 prefix. Keys are paths below its root. All members are safe to call from several threads;
/// faults that may pass are retried inside, and what stays is thrown as a <see cref="StorageException"/>.
/// </summary>
public interface IObjectStore
{
    /// <summary>The root as the user named it.</summary>
    StorageAddress Address { get; }

    /// <summary>Whether one listing is cheaper than many calls of <see cref="StatAsync"/> (S3).</summary>
    bool PrefersListing { get; }

    /// <summary>How many reads in flight pay off for one reader: 1 where reads are answered from this machine.</summary>
    int ReadsAtOnce { get; }

    /// <summary>Whether a read ends before it returns (a folder): it is then best made when its turn comes, on the thread that needs it.</summary>
    bool AnswersAtOnce { get; }

    /// <summary>Whether reading the start of a content takes less time than reading all of it, as far as the reads of this process show.</summary>
    bool StartsPay => true;

    /// <summary>The file's or object's stat, or null when there is none. Links are followed.</summary>
    ValueTask<ObjectStat?> StatAsync(string key, CancellationToken cancellation = default);

    /// <summary>False where there is certainly no such folder, as far as can be told without waiting; nothing lies below it then.</summary>
    /// <param name="folder">Path below the root, without <c>/</c> at its end.</param>
    bool MayHaveFolder(string folder) => true;

    /// <summary>The first link found below a folder that leads out of the store's root, or null where there is none or where such are followed.</summary>
    /// <param name="prefix">A folder with <c>/</c> at its end, itself looked at too, or nothing for the whole root.</param>
    /// <param name="cancellation">Stops the search.</param>
    ValueTask<string?> FindLinkOutAsync(string prefix, CancellationToken cancellation = default) => new((string?)null);

    /// <summary>All files whose key starts with the prefix, stray temporary files included; empty where the prefix does not exist.</summary>
    IAsyncEnumerable<ObjectStat> ListAsync(string prefix, CancellationToken cancellation = default);

    /// <summary>Whether a part of the keys can be listed alone, so that many parts go side by side. A server that turns out not to list in order makes it false.</summary>
    bool ListsRanges => false;

    /// <summary>
    /// The files of a part of the keys in <see cref="KeyOrder"/>, page by page as the server answers. Ends early, with <see cref="ListsRanges"/>
    /// false, where the server turns out not to list in order.
    /// </summary>
    /// <param name="range">The part.</param>
    /// <param name="mostKeys">Of the first page, 1 to <see cref="KeyRange.PageKeys"/>; further ones are as large as the server makes them.</param>
    /// <param name="cancellation">Stops the listing.</param>
    IAsyncEnumerable<IReadOnlyList<ObjectStat>> ListRangeAsync(KeyRange range, int mostKeys = KeyRange.PageKeys, CancellationToken cancellation = default) =>
        throw new NotSupportedException($"{Address} lists no parts.");

    /// <summary>Reads the whole content into the buffer, bound to a version when one is given (S3: If-Match; local: size and time after the read).</summary>
    /// <param name="key">Path below the root.</param>
    /// <param name="expected">The stat that was planned (size and version), or null for whatever is there.</param>
    /// <param name="buffer">Receives the content; grown as needed and reused by the caller.</param>
    /// <param name="maxBytes">Larger content is not read.</param>
    /// <param name="cancellation">Stops the read.</param>
    ValueTask<ReadOutcome> ReadAsync(string key, ObjectStat? expected, ByteBuffer buffer, long maxBytes, CancellationToken cancellation = default);

    /// <summary>
    /// Reads the first bytes of a planned content. The buffer then holds min(<paramref name="bytes"/>, size) of them, or all where the
    /// server gives no parts: whether something is missing is told by its length alone.
    /// </summary>
    /// <param name="key">Path below the root.</param>
    /// <param name="expected">The stat that was planned; the start is bound to it as in <see cref="ReadAsync"/>.</param>
    /// <param name="buffer">Receives the start; what it holds is not defined where the outcome is another than <see cref="ReadOutcome.Read"/>.</param>
    /// <param name="bytes">At least 1.</param>
    /// <param name="cancellation">Stops the read.</param>
    ValueTask<ReadOutcome> ReadStartAsync(string key, ObjectStat expected, ByteBuffer buffer, int bytes, CancellationToken cancellation = default);

    /// <summary>Reads what is missing behind a start, bound to the same version: the buffer then holds the whole content.</summary>
    /// <param name="key">Path below the root.</param>
    /// <param name="expected">The stat that was planned.</param>
    /// <param name="buffer">Holds what <see cref="ReadStartAsync"/> laid into it; likewise not defined where the outcome is another than <see cref="ReadOutcome.Read"/>.</param>
    /// <param name="cancellation">Stops the read.</param>
    ValueTask<ReadOutcome> ReadRestAsync(string key, ObjectStat expected, ByteBuffer buffer, CancellationToken cancellation = default);

    /// <summary>Reads a part of the content: all bytes of it that are asked for.</summary>
    /// <param name="key">Path below the root.</param>
    /// <param name="offset">Where it begins.</param>
    /// <param name="part">Receives it.</param>
    /// <param name="cancellation">Stops the read.</param>
    /// <returns>False when there is no such regular file or object.</returns>
    /// <exception cref="StorageException">The content ends before the part does.</exception>
    ValueTask<bool> ReadPartAsync(string key, long offset, Memory<byte> part, CancellationToken cancellation = default);

    /// <summary>Opens the content as a forward-only stream. Throws <see cref="StorageException"/> when it is missing.</summary>
    Task<Stream> OpenAsync(string key, CancellationToken cancellation = default);

    /// <summary>Publishes content under a key, atomically and only if the key is absent; flushed to disk when it returns.</summary>
    /// <returns>False when the key was there already, or another writer won.</returns>
    Task<bool> PublishAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellation = default);

    /// <summary>Puts other content in the place of what was seen there, atomically: whoever reads gets the one or the other, and nothing is missing in between.</summary>
    /// <param name="key">Path below the root.</param>
    /// <param name="seen">The stat of what is to be replaced.</param>
    /// <param name="content">What takes its place; flushed to disk when the call returns.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>False when something else is there by now, or nothing.</returns>
    Task<bool> ReplaceAsync(string key, ObjectStat seen, ReadOnlyMemory<byte> content, CancellationToken cancellation = default);

    /// <summary>Deletes a key; no error when it is absent.</summary>
    Task DeleteAsync(string key, CancellationToken cancellation = default);
}

/// <summary>Opens the store of an address; the composition root knows which kinds there are.</summary>
public interface IObjectStoreFactory
{
    /// <summary>Opens the folder or S3 prefix. Nothing is read or made yet.</summary>
    /// <param name="root">The folder or prefix.</param>
    /// <param name="followLinks">Links of a folder are followed where they lead out of it, instead of refused.</param>
    IObjectStore Open(StorageAddress root, bool followLinks = false);
}
