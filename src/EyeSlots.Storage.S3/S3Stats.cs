using System.Net;
using System.Runtime.CompilerServices;
using Amazon.Runtime;
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
        var request = new ListObjectsV2Request { BucketName = keys.Bucket, Prefix = keys.Full(prefix) };
        do
        {
            var page = await s3.Retries.RunAsync(
                "list", root, attempt => s3.Client.ListObjectsV2Async(request, attempt.Token), cancellation).ConfigureAwait(false);
            foreach (var item in page.S3Objects ?? [])
            {
                cancellation.ThrowIfCancellationRequested();
                if (keys.Below(item.Key) is { } key) yield return Describe(key, item.Size ?? 0, item.ETag, item.LastModified);
            }

            request.ContinuationToken = page.IsTruncated == true ? page.NextContinuationToken : null;
        }
        while (request.ContinuationToken is not null);
    }

    private async Task<ObjectStat?> HeadAsync(string key, S3Attempt attempt)
    {
        try
        {
            var head = await s3.Client.GetObjectMetadataAsync(keys.Bucket, keys.Full(key), attempt.Token).ConfigureAwait(false);
            bucketSeen = true;
            return Describe(key, head.ContentLength, head.ETag, head.LastModified);
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
        var request = new ListObjectsV2Request { BucketName = keys.Bucket, Prefix = keys.Full(key), MaxKeys = 1 };
        await s3.Client.ListObjectsV2Async(request, attempt.Token).ConfigureAwait(false);
        bucketSeen = true;
    }

    private static ObjectStat Describe(string key, long size, string? etag, DateTime? modified) =>
        new(key, size, S3Version.Of(etag, modified), S3Version.At(modified));
}
