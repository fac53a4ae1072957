using System.Net;
using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.S3.Model;

namespace EyeSlots.Storage.S3;

/// <summary>
/// Publishes an object by one PUT with <c>If-None-Match: *</c>. A PUT whose answer was lost may have won all the same, and the
/// next try then loses against it: each publication therefore leaves a random mark in the object's metadata, by which it knows
/// its own. Where a server keeps no metadata, equal content after a doubtful try counts as ours. After a connection broke the object
/// is looked up before it is sent again: a server that refuses a PUT from its head alone may close the connection under the body, so
/// that the refusal never arrives.
/// </summary>
internal sealed class S3Publication(S3Connection s3, S3Keys keys, S3Reading reading)
{
    private const string Mark = "eyeslots-publication";

    public async Task<bool> PublishAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        S3Keys.Require(key);
        var mark = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var (doubtful, broken) = (false, false);
        return await s3.Retries.RunAsync("publish", keys.At(key), TryAsync, cancellation, content.Length).ConfigureAwait(false);

        async Task<bool> TryAsync(S3Attempt attempt)
        {
            try
            {
                if (broken && await IsOursAsync(key, content, mark, doubtful, attempt).ConfigureAwait(false) is { } won) return won;
                await PutAsync(key, content, mark, attempt).ConfigureAwait(false);
                return true;
            }
            catch (AmazonServiceException error) when (S3Faults.IsPrecondition(error))
            {
                return await IsOursAsync(key, content, mark, doubtful, attempt).ConfigureAwait(false) ?? false;
            }
            catch (Exception error) when (S3Faults.IsAmbiguous(error))
            {
                (doubtful, broken) = (true, S3Faults.IsBrokenConnection(error));
                throw;
            }
        }
    }

    private async Task PutAsync(string key, ReadOnlyMemory<byte> content, string mark, S3Attempt attempt)
    {
        using var body = new MemoryStream(content.Length);
        body.Write(content.Span);
        body.Position = 0;
        var request = new PutObjectRequest
        {
            BucketName = keys.Bucket,
            Key = keys.Full(key),
            InputStream = body,
            IfNoneMatch = "*",
            AutoCloseStream = false,
            RequestPayer = s3.Payer,
        };
        request.Metadata[Mark] = mark;
        var client = await s3.ClientAsync(keys.Bucket, attempt.Token).ConfigureAwait(false);
        await client.PutObjectAsync(request, attempt.Token).ConfigureAwait(false);
    }

    /// <summary>Whether what is there came from this publication; null when nothing is.</summary>
    private async Task<bool?> IsOursAsync(string key, ReadOnlyMemory<byte> content, string mark, bool doubtful, S3Attempt attempt)
    {
        GetObjectMetadataResponse winner;
        try
        {
            var client = await s3.ClientAsync(keys.Bucket, attempt.Token).ConfigureAwait(false);
            winner = await client.GetObjectMetadataAsync(new() { BucketName = keys.Bucket, Key = keys.Full(key), RequestPayer = s3.Payer }, attempt.Token).ConfigureAwait(false);
        }
        catch (AmazonServiceException error) when (error.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        if (winner.Metadata[Mark] is { Length: > 0 } found) return found == mark;
        if (!doubtful || winner.ContentLength != content.Length) return false;
        var buffer = new ByteBuffer();
        var outcome = await reading.ReadAsync(key, null, buffer, content.Length, attempt.Token).ConfigureAwait(false);
        return outcome == ReadOutcome.Read && buffer.Span.SequenceEqual(content.Span);
    }
}
