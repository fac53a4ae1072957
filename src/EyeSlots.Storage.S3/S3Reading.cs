using Amazon.Runtime;
using Amazon.S3.Model;

namespace EyeSlots.Storage.S3;

/// <summary>Reads objects into the caller's memory: whole ones, bound to the version that was planned, and parts.</summary>
internal sealed class S3Reading(S3Connection s3, S3Keys keys)
{
    private static readonly byte[] Beyond = new byte[1];

    public ValueTask<ReadOutcome> ReadAsync(
        string key, ObjectStat? expected, ByteBuffer buffer, long maxBytes, CancellationToken cancellation) => S3Keys.IsBelow(key)
        ? s3.Retries.RunAsync("read", keys.At(key), attempt => TryAsync(key, expected, buffer, maxBytes, attempt), cancellation)
        : new(ReadOutcome.Missing);

    public ValueTask<bool> ReadPartAsync(string key, long offset, Memory<byte> part, CancellationToken cancellation) => S3Keys.IsBelow(key)
        ? s3.Retries.RunAsync("read", keys.At(key), attempt => TryPartAsync(key, offset, part, attempt), cancellation)
        : new(false);

    private async Task<bool> TryPartAsync(string key, long offset, Memory<byte> part, S3Attempt attempt)
    {
        // No range is empty: of a part without bytes only whether the object is there is asked.
        var request = new GetObjectRequest { BucketName = keys.Bucket, Key = keys.Full(key), RequestPayer = s3.Payer };
        if (part.Length > 0) request.ByteRange = new(offset, offset + part.Length - 1);
        try
        {
            var client = await s3.ClientAsync(keys.Bucket, attempt.Token).ConfigureAwait(false);
            using var answer = await client.GetObjectAsync(request, attempt.Token).ConfigureAwait(false);
            if (part.Length == 0) return true;
            if (answer.ContentLength != part.Length) throw Short(key);
            attempt.Progress();
            await FillAsync(answer.ResponseStream, part, attempt).ConfigureAwait(false);
            return true;
        }
        catch (AmazonServiceException error) when (S3Faults.IsMissingKey(error))
        {
            return false;
        }
        catch (AmazonServiceException error) when (S3Faults.IsBeyondEnd(error))
        {
            throw Short(key);
        }
    }

    private StorageException Short(string key) => new($"{keys.At(key)} is shorter than it was when it was written.");

    private async Task<ReadOutcome> TryAsync(string key, ObjectStat? expected, ByteBuffer buffer, long maxBytes, S3Attempt attempt)
    {
        var request = new GetObjectRequest { BucketName = keys.Bucket, Key = keys.Full(key), RequestPayer = s3.Payer };
        if (expected is { } bound) request.EtagToMatch = S3Version.IfMatch(bound.Version);
        try
        {
            var client = await s3.ClientAsync(keys.Bucket, attempt.Token).ConfigureAwait(false);
            using var answer = await client.GetObjectAsync(request, attempt.Token).ConfigureAwait(false);
            if (expected is { } planned && !IsSame(planned, answer.ContentLength, answer)) return ReadOutcome.Changed;
            if (answer.ContentLength > Math.Min(maxBytes, Array.MaxLength)) return ReadOutcome.TooLarge;
            attempt.Progress();
            buffer.Reset((int)answer.ContentLength);
            await FillAsync(answer.ResponseStream, buffer.Memory, attempt).ConfigureAwait(false);
            return ReadOutcome.Read;
        }
        catch (AmazonServiceException error) when (S3Faults.IsMissingKey(error))
        {
            return ReadOutcome.Missing;
        }
        catch (AmazonServiceException error) when (S3Faults.IsPrecondition(error))
        {
            return ReadOutcome.Changed;
        }
    }

    /// <summary>Whether an answer is of what was planned: some servers ignore If-Match, and files without an ETag have only their time.</summary>
    public static bool IsSame(in ObjectStat planned, long size, GetObjectResponse answer) =>
        size == planned.Size && S3Version.Same(planned.Version, S3Version.Of(answer.ETag, answer.LastModified));

    /// <summary>Fills memory with a body that has just as many bytes.</summary>
    public static async Task FillAsync(Stream body, Memory<byte> room, S3Attempt attempt)
    {
        try
        {
            while (room.Length > 0)
            {
                var count = await body.ReadAsync(room, attempt.Token).ConfigureAwait(false);
                if (count == 0) throw new EndOfStreamException("the body is shorter than announced");
                room = room[count..];
                attempt.Progress();
            }

            // The SDK compares checksums when it sees the end.
            if (await body.ReadAsync(Beyond, attempt.Token).ConfigureAwait(false) != 0) throw new IOException("the body is longer than announced");
        }
        catch (AmazonClientException error)
        {
            throw new IOException("the body does not match its checksum", error);
        }
    }
}
