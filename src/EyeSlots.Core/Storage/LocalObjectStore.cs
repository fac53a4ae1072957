using System.Runtime.CompilerServices;
using EyeSlots.Core.Storage.Local;
using Microsoft.Win32.SafeHandles;

namespace EyeSlots.Core.Storage;

/// <summary>
/// A local folder. All calls end before they return: files are answered from the page cache or the disk under the caller's
/// thread, without allocation on the way of <see cref="ReadAsync"/>. A version is the modification time in nanoseconds since
/// 1970; a change that keeps both size and time is not seen (<c>--hash-images</c> sees it).
/// </summary>
public sealed class LocalObjectStore : IObjectStore
{
    private readonly string root;
    private readonly RealRoot realRoot;
    private readonly LocalLinks links;
    private readonly LocalListing listing;
    private readonly LocalReading reading;

    /// <summary>Opens nothing yet: the folder may not be there, and is made by the first <see cref="PublishAsync"/>.</summary>
    /// <param name="address">The folder.</param>
    /// <param name="followLinks">Reads and listings follow links out of the folder too; what is published or deleted stays below it.</param>
    /// <exception cref="ArgumentException">An S3 address.</exception>
    public LocalObjectStore(StorageAddress address, bool followLinks = false)
    {
        if (address.IsS3)
            throw new ArgumentException($"{address} is no folder.", nameof(address));

        Address = address;
        root = address.Path;
        realRoot = new(root);
        RootFolder folder = new(root);
        links = new(root, realRoot, folder, followLinks);
        listing = new(root, links);
        reading = new(root, realRoot, folder, followLinks);
    }

    /// <inheritdoc/>
    public StorageAddress Address { get; }

    /// <inheritdoc/>
    public bool PrefersListing => false;

    /// <inheritdoc/>
    public int ReadsAtOnce => 1;

    /// <inheritdoc/>
    public bool AnswersAtOnce => true;

    /// <inheritdoc/>
    public ValueTask<ObjectStat?> StatAsync(string key, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        if (LocalPath.IsBelow(key) && links.TryStat(key, out var stat, out var leavesRoot))
            return new(stat.IsFile ? Describe(key, stat, leavesRoot) : null);
        return !LocalPath.IsBelow(key) || Errno.IsMissing(Posix.Error)
            ? new((ObjectStat?)null)
            : throw Errno.Explain("look at", Path.Join(root, key), Posix.Error);
    }

    /// <inheritdoc/>
    public bool MayHaveFolder(string folder) => !LocalPath.IsBelow(folder) || !links.IsMissing(folder);

    /// <summary>
    /// All files whose key starts with the prefix, in no given order. Links to files are listed as the files they lead to,
    /// links to folders are not entered unless links are followed.
    /// </summary>
    public async IAsyncEnumerable<ObjectStat> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (var key in listing.Keys(prefix))
        {
            cancellation.ThrowIfCancellationRequested();
            if (links.TryStat(key, out var stat, out var leavesRoot) && stat.IsFile)
                yield return Describe(key, stat, leavesRoot);
        }
    }

    /// <inheritdoc/>
    public ValueTask<string?> FindLinkOutAsync(string prefix, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        return new(listing.FirstLinkOut(prefix));
    }

    /// <inheritdoc/>
    public ValueTask<ReadOutcome> ReadAsync(
        string key, ObjectStat? expected, ByteBuffer buffer, long maxBytes, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        return new(reading.Read(key, expected, buffer, maxBytes));
    }

    /// <inheritdoc/>
    public ValueTask<ReadOutcome> ReadStartAsync(string key, ObjectStat expected, ByteBuffer buffer, int bytes, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, 1);
        cancellation.ThrowIfCancellationRequested();
        return new(reading.ReadStart(key, expected, buffer, bytes));
    }

    /// <inheritdoc/>
    public ValueTask<ReadOutcome> ReadRestAsync(string key, ObjectStat expected, ByteBuffer buffer, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(buffer.Length, expected.Size, nameof(buffer));
        cancellation.ThrowIfCancellationRequested();
        return new(reading.ReadRest(key, expected, buffer));
    }

    /// <inheritdoc/>
    public ValueTask<bool> ReadPartAsync(string key, long offset, Memory<byte> part, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        return new(reading.ReadPart(key, offset, part.Span));
    }

    /// <summary>
    /// Opens the content as a forward-only stream. Links are followed wherever they lead: these keys come from the user and
    /// from manifests, never from a list's rows.
    /// </summary>
    public Task<Stream> OpenAsync(string key, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var file = reading.Open(key, out _);
        return file >= 0
            ? Task.FromResult<Stream>(new FileStream(new SafeFileHandle(file, ownsHandle: true), FileAccess.Read, 1 << 16))
            : throw new StorageException($"There is no file {Path.Join(root, key)}; check the path.");
    }

    /// <inheritdoc/>
    public Task<bool> PublishAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var (folder, name) = Cut(key);
        using var at = LocalFolder.Open(root, realRoot, folder, make: true)!;
        var won = LocalPublication.Publish(at, name, content.Span);

        // The loser flushes too: what it goes on to say about the winner's file must outlive a power cut.
        at.Sync();
        return Task.FromResult(won);
    }

    /// <inheritdoc/>
    public Task<bool> ReplaceAsync(string key, ObjectStat seen, ReadOnlyMemory<byte> content, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var (folder, name) = Cut(key);
        using var at = LocalFolder.Open(root, realRoot, folder, make: false);
        if (at is null || !LocalPublication.Replace(at, name, seen, content.Span))
            return Task.FromResult(false);
        at.Sync();
        return Task.FromResult(true);
    }

    /// <summary>Deletes a file if it is there. A temporary file that a living process on this machine still writes is left.</summary>
    public Task DeleteAsync(string key, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var (folder, name) = Cut(key);
        using var at = LocalFolder.Open(root, realRoot, folder, make: false);
        if (at is not null)
            LocalPublication.Delete(at, name);
        return Task.CompletedTask;
    }

    private static (string Folder, string Name) Cut(string key)
    {
        if (!LocalPath.IsBelow(key))
            throw new ArgumentException($"'{key}' is no key below a root.", nameof(key));
        var at = key.LastIndexOf('/');
        return (at < 0 ? "" : key[..at], key[(at + 1)..]);
    }

    private static ObjectStat Describe(string key, in Posix.StatX stat, bool leavesRoot) => new(
        key,
        stat.Size,
        stat.Modified.ToString(System.Globalization.CultureInfo.InvariantCulture),
        DateTimeOffset.UnixEpoch.AddTicks(stat.Modified / TimeSpan.NanosecondsPerTick))
    {
        LeavesRoot = leavesRoot,
    };
}
