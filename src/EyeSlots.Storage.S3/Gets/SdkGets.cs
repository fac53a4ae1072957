using System.Net;
using Amazon.S3.Model;

namespace EyeSlots.Storage.S3.Gets;

/// <summary>GETs by the SDK, for what is rare: buckets that are signed for in another way than usual, and answers that send elsewhere.</summary>
internal sealed class SdkGets(S3Connection s3, S3Keys keys)
{
    /// <summary>Asks once.</summary>
    /// <exception cref="Amazon.Runtime.AmazonServiceException">The server refused.</exception>
    public async ValueTask<GetAnswer> SendAsync(S3Get get, CancellationToken cancellation)
    {
        var request = new GetObjectRequest { BucketName = keys.Bucket, Key = keys.Full(get.Key), RequestPayer = s3.Payer, EtagToMatch = get.IfMatch };
        if (get.Range is { } range) request.ByteRange = new(range.Offset, range.Last);
        var client = await s3.ClientAsync(keys.Bucket, cancellation).ConfigureAwait(false);
        var answer = await client.GetObjectAsync(request, cancellation).ConfigureAwait(false);
        return new(answer, answer.ResponseStream, answer.ContentLength, S3Version.Of(answer.ETag, answer.LastModified))
        {
            Range = answer.HttpStatusCode == HttpStatusCode.PartialContent ? answer.ContentRange ?? "" : null,
        };
    }
}
