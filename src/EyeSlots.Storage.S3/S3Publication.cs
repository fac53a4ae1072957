using System.Net;
using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.S3.Model;

namespace EyeSlots.Storage.S3;

/// <summary>
/// Publishes an object by one PUT with <c>If-None-Match: *</c>, or replaces one that was seen with <c>If-Match</c>. A PUT whose answer
/// was lost may have won all the same, and the next try then loses against it: each publication therefore leaves a random mark in the
/// object's metadata, by which it knows its own. Where a server keeps no metadata, equal content after a doubtful try counts as ours.
/// After a connection broke the object is looked up before it is sent again: a server that refuses a PUT from its head alone may close
/// the connection under the body, so that the refusal never arrives.
/// </summary>
internal sealed class S3Publication(S3Connection s3, S3Keys keys, S3Reading reading)
{
    private const string Mark = "eyeslots-publication";

    /// <summary>Publishes content where nothing is, or in the place of what was seen; false when something else is there.</summary>
    public async Task<bool> PublishAsync(string key, ObjectStat? seen, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        S3Keys.Require(key);
        var mark = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var (doubtful, broken) = (false, false);
        return await s3.Retries.RunAsync("publish", keys.At(key), TryAsync, cancellation, content.Length).ConfigureAwait(false);

        async Task<bool> TryAsync(S3Attempt attempt)
        {
            try
            {
                if (broken && await IsOursAsync(key, content, mark, doubtful, attempt).ConfigureAwait(false) is { } ours && (ours || seen is null)) return ours;
                if (seen is { } there && !await IsThereAsync(key, there, attempt).ConfigureAwait(false))
                    return doubtful && await IsOursAsync(key, content, mark, doubtful, attempt).ConfigureAwait(false) == true;
                await PutAsync(key, seen, content, mark, attempt).ConfigureAwait(false);
                return true;
            }
            catch (AmazonServiceException error) when (S3Faults.IsPrecondition(error) || (seen is not null && S3Faults.IsMissingKey(error)))
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

    private async Task PutAsync(string key, ObjectStat? seen, ReadOnlyMemory<byte> content, string mark, S3Attempt attempt)
    {
        using var body = new MemoryStream(content.Length);
        body.Write(content.Span);
        body.Position = 0;
        var request = new PutObjectRequest { BucketName = keys.Bucket, Key = keys.Full(key), InputStream = body, AutoCloseStream = false, RequestPayer = s3.Payer };
        if (seen is { } there) request.IfMatch = S3Version.IfMatch(there.Version);
        else request.IfNoneMatch = "*";
        request.Metadata[Mark] = mark;
        var client = await s3.ClientAsync(keys.Bucket, attempt.Token).ConfigureAwait(false);
        await client.PutObjectAsync(request, attempt.Token).ConfigureAwait(false);
    }

    /// <summary>Whether what was seen is still there: the server compares ETags itself, but an object without one has only its time.</summary>
    private async Task<bool> IsThereAsync(string key, ObjectStat seen, S3Attempt attempt)
    {
        if (S3Version.IfMatch(seen.Version) is not null) return true;
        var there = await FindAsync(key, attempt).ConfigureAwait(false);
        return there?.ContentLength == seen.Size && S3Version.Same(seen.Version, S3Version.Of(there.ETag, there.LastModified));
    }

    /// <summary>Whether what is there came from this publication; null when nothing is.</summary>
    private async Task<bool?> IsOursAsync(string key, ReadOnlyMemory<byte> content, string mark, bool doubtful, S3Attempt attempt)
    {
        if (await FindAsync(key, attempt).ConfigureAwait(false) is not { } winner) return null;
        if (winner.Metadata[Mark] is { Length: > 0 } found) return found == mark;
        if (!doubtful || winner.ContentLength != content.Length) return false;
        var buffer = new ByteBuffer();
        var outcome = await reading.ReadAsync(key, null, buffer, content.Length, attempt.Token).ConfigureAwait(false);
        return outcome == ReadOutcome.Read && buffer.Span.SequenceEqual(content.Span);
    }

    private async Task<GetObjectMetadataResponse?> FindAsync(string key, S3Attempt attempt)
    {
        try
        {
            var client = await s3.ClientAsync(keys.Bucket, attempt.Token).ConfigureAwait(false);
            return await client.GetObjectMetadataAsync(new() { BucketName = keys.Bucket, Key = keys.Full(key), RequestPayer = s3.Payer }, attempt.Token).ConfigureAwait(false);
        }
        catch (AmazonServiceException error) when (error.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
