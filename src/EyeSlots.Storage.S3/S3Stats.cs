using System.Net;
using Amazon.Runtime;
using Amazon.S3.Model;

namespace EyeSlots.Storage.S3;

/// <summary>Looks at objects, by HEAD.</summary>
internal sealed class S3Stats(S3Connection s3, S3Keys keys)
{
    private readonly SemaphoreSlim asking = new(1, 1);
    private volatile bool bucketSeen;

    public async ValueTask<ObjectStat?> OfAsync(string key, CancellationToken cancellation) => S3Keys.IsBelow(key) && keys.Fits(key)
        ? await s3.Retries.RunAsync("look at", keys.At(key), attempt => HeadAsync(key, attempt), cancellation).ConfigureAwait(false)
        : null;

    private async Task<ObjectStat?> HeadAsync(string key, S3Attempt attempt)
    {
        try
        {
            var client = await s3.ClientAsync(keys.Bucket, attempt.Token).ConfigureAwait(false);
            var head = await client.GetObjectMetadataAsync(
                new() { BucketName = keys.Bucket, Key = keys.Full(key), RequestPayer = s3.Payer }, attempt.Token).ConfigureAwait(false);
            bucketSeen = true;
            var isArchived = S3Version.IsArchive(head.StorageClass?.Value) || head.ArchiveStatus is not null;
            return S3Version.Describe(key, head.ContentLength, head.ETag, head.LastModified) with { IsArchived = isArchived && head.RestoreExpiration is null };
        }
        catch (AmazonServiceException error) when (S3Faults.IsBare(error) && !S3Faults.MayPass(error))
        {
            // The answer to a HEAD has no body: only the bucket can say whether it is the bucket, the key or the signature.
            var absent = error.StatusCode == HttpStatusCode.NotFound;
            if (absent) await SeeBucketAsync(key, attempt).ConfigureAwait(false);
            else await AskBucketAsync(key, attempt).ConfigureAwait(false);
            if (absent) return null;
            throw;
        }
    }

    // Of many look-ups that find nothing at the same time one asks.
    private async Task SeeBucketAsync(string key, S3Attempt attempt)
    {
        if (bucketSeen) return;
        await asking.WaitAsync(attempt.Token).ConfigureAwait(false);
        try
        {
            if (!bucketSeen) await AskBucketAsync(key, attempt).ConfigureAwait(false);
        }
        finally
        {
            asking.Release();
        }
    }

    private async Task AskBucketAsync(string key, S3Attempt attempt)
    {
        var request = new ListObjectsV2Request { BucketName = keys.Bucket, Prefix = keys.Full(key), MaxKeys = 1, RequestPayer = s3.Payer };
        var client = await s3.ClientAsync(keys.Bucket, attempt.Token).ConfigureAwait(false);
        await client.ListObjectsV2Async(request, attempt.Token).ConfigureAwait(false);
        bucketSeen = true;
    }
}
