using System.Net;
using System.Runtime.CompilerServices;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace EyeSlots.Storage.S3;

/// <summary>Looks at objects: by HEAD, and by paged listings.</summary>
internal sealed class S3Stats(S3Connection s3, S3Keys keys, StorageAddress root)
{
    private volatile bool bucketSeen;

    public async ValueTask<ObjectStat?> OfAsync(string key, CancellationToken cancellation) => S3Keys.IsBelow(key)
        ? await s3.Retries.RunAsync("look at", keys.At(key), attempt => HeadAsync(key, attempt), cancellation).ConfigureAwait(false)
        : null;

    public async IAsyncEnumerable<ObjectStat> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        string? next = null;
        do
        {
            var page = await s3.Retries.RunAsync("list", root, attempt => PageAsync(prefix, next, attempt), cancellation).ConfigureAwait(false);
            foreach (var item in page.S3Objects ?? [])
            {
                cancellation.ThrowIfCancellationRequested();
                if (keys.Below(item.Key) is not { } key) continue;
                yield return Describe(key, item.Size ?? 0, item.ETag, item.LastModified) with
                {
                    IsArchived = IsArchive(item.StorageClass?.Value) && item.RestoreStatus?.RestoreExpiryDate is null,
                };
            }

            next = page.IsTruncated == true ? page.NextContinuationToken : null;
        }
        while (next is not null);
    }

    private async Task<ListObjectsV2Response> PageAsync(string prefix, string? token, S3Attempt attempt)
    {
        var request = new ListObjectsV2Request { BucketName = keys.Bucket, Prefix = keys.Full(prefix), ContinuationToken = token, RequestPayer = s3.Payer };

        // Whether an archived object is readable for a while; some servers refuse headers that they do not know.
        if (s3.Settings.IsAws) request.OptionalObjectAttributes = [OptionalObjectAttributes.RestoreStatus];
        var client = await s3.ClientAsync(keys.Bucket, attempt.Token).ConfigureAwait(false);
        return await client.ListObjectsV2Async(request, attempt.Token).ConfigureAwait(false);
    }

    private async Task<ObjectStat?> HeadAsync(string key, S3Attempt attempt)
    {
        try
        {
            var client = await s3.ClientAsync(keys.Bucket, attempt.Token).ConfigureAwait(false);
            var head = await client.GetObjectMetadataAsync(
                new() { BucketName = keys.Bucket, Key = keys.Full(key), RequestPayer = s3.Payer }, attempt.Token).ConfigureAwait(false);
            bucketSeen = true;
            var isArchived = IsArchive(head.StorageClass?.Value) || head.ArchiveStatus is not null;
            return Describe(key, head.ContentLength, head.ETag, head.LastModified) with { IsArchived = isArchived && head.RestoreExpiration is null };
        }
        catch (AmazonServiceException error) when (S3Faults.IsBare(error) && !S3Faults.MayPass(error))
        {
            // The answer to a HEAD has no body: only the bucket can say whether it is the bucket, the key or the signature.
            var absent = error.StatusCode == HttpStatusCode.NotFound;
            if (!absent || !bucketSeen) await AskBucketAsync(key, attempt).ConfigureAwait(false);
            if (absent) return null;
            throw;
        }
    }

    private async Task AskBucketAsync(string key, S3Attempt attempt)
    {
        var request = new ListObjectsV2Request { BucketName = keys.Bucket, Prefix = keys.Full(key), MaxKeys = 1, RequestPayer = s3.Payer };
        var client = await s3.ClientAsync(keys.Bucket, attempt.Token).ConfigureAwait(false);
        await client.ListObjectsV2Async(request, attempt.Token).ConfigureAwait(false);
        bucketSeen = true;
    }

    private static bool IsArchive(string? storageClass) => storageClass is "GLACIER" or "DEEP_ARCHIVE";

    private static ObjectStat Describe(string key, long size, string? etag, DateTime? modified) =>
        new(key, size, S3Version.Of(etag, modified), S3Version.At(modified));
}
