using System.Buffers;
using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;

namespace EyeSlots.Storage.S3;

/// <summary>Lists objects, in pages of at most <see cref="KeyRange.PageKeys"/>: all below a prefix, or a part of the keys.</summary>
internal sealed class S3Listing(S3Connection s3, S3Keys keys, StorageAddress root)
{
    /// <summary>A thousand keys of 1024 bytes, each of them a reference of six, and room for the rest.</summary>
    private const int MostBytes = 16 << 20;

    private const int UsualBytes = 1 << 19;

    /// <summary>Directory buckets (S3 Express One Zone) list in no order and know no start.</summary>
    private volatile bool isInOrder = !keys.Bucket.EndsWith("--x-s3", StringComparison.Ordinal);

    public bool ListsRanges => isInOrder;

    public async IAsyncEnumerable<ObjectStat> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        string? next = null;
        do
        {
            var page = await PageAsync(new() { Prefix = keys.Full(prefix), ContinuationToken = next }, null, null, cancellation).ConfigureAwait(false);
            foreach (var file in page.Files)
            {
                cancellation.ThrowIfCancellationRequested();
                yield return file;
            }

            next = page.Next;
        }
        while (next is not null);
    }

    public async IAsyncEnumerable<IReadOnlyList<ObjectStat>> ListRangeAsync(KeyRange range, int mostKeys, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (last, until) = (keys.Start(range.After), range.Until is { } end ? keys.Full(end) : null);
        var start = last.Length > 0 ? last : null;
        string? next = null;
        do
        {
            var request = new ListObjectsV2Request { Prefix = keys.Full(""), StartAfter = start, ContinuationToken = next, MaxKeys = next is null ? mostKeys : null };
            var page = await PageAsync(request, last, until, cancellation).ConfigureAwait(false);
            if (!page.IsInOrder) isInOrder = false;
            if (!isInOrder) yield break;
            yield return page.Files;
            (next, last) = (page.Next, page.LastKey ?? last);
        }
        while (next is not null);
    }

    private ValueTask<ListingPage> PageAsync(ListObjectsV2Request request, string? after, string? until, CancellationToken cancellation) =>
        s3.Retries.RunAsync("list", root, attempt => PageAsync(request, after, until, attempt), cancellation);

    private async Task<ListingPage> PageAsync(ListObjectsV2Request request, string? after, string? until, S3Attempt attempt)
    {
        (request.BucketName, request.RequestPayer) = (keys.Bucket, s3.Payer);

        // Whether an archived object is readable for a while; some servers refuse headers that they do not know.
        if (s3.Settings.IsAws) request.OptionalObjectAttributes = [OptionalObjectAttributes.RestoreStatus];
        var client = await s3.ClientAsync(keys.Bucket, attempt.Token).ConfigureAwait(false);
        using var answer = await client.ListPageAsync(request, attempt.Token).ConfigureAwait(false);
        return await ReadAsync(answer.Body, after, until, attempt).ConfigureAwait(false);
    }

    private async Task<ListingPage> ReadAsync(Stream body, string? after, string? until, S3Attempt attempt)
    {
        var xml = ArrayPool<byte>.Shared.Rent(UsualBytes);
        try
        {
            var length = 0;
            for (int got; (got = await body.ReadAsync(xml.AsMemory(length), attempt.Token).ConfigureAwait(false)) > 0;)
            {
                attempt.Progress();
                length += got;
                if (length == xml.Length) xml = Grow(xml);
            }

            return new ListingReader(keys).Read(new MemoryStream(xml, 0, length), after, until);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(xml);
        }
    }

    private static byte[] Grow(byte[] full)
    {
        if (full.Length >= MostBytes) throw new IOException("A page of a listing has too many bytes.");
        var larger = ArrayPool<byte>.Shared.Rent(full.Length * 2);
        full.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(full);
        return larger;
    }
}
