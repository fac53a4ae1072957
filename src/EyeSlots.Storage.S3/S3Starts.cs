using System.Globalization;
using System.Net;
using Amazon.Runtime;
using Amazon.S3.Model;

namespace EyeSlots.Storage.S3;

/// <summary>
/// Reads the start of an object and what is missing behind it, both bound to the version that was planned. A server that gives no parts
/// and sends everything has everything taken.
/// </summary>
internal sealed class S3Starts(S3Connection s3, S3Keys keys, S3Reading reading)
{
    public ValueTask<ReadOutcome> ReadStartAsync(string key, ObjectStat expected, ByteBuffer buffer, int bytes, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, 1);
        return ReadRangeAsync(key, expected, buffer, 0, bytes, cancellation);
    }

    public ValueTask<ReadOutcome> ReadRestAsync(string key, ObjectStat expected, ByteBuffer buffer, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(buffer.Length, expected.Size, nameof(buffer));
        return ReadRangeAsync(key, expected, buffer, buffer.Length, expected.Size, cancellation);
    }

    // No range is empty, and one of everything is none. What no array holds is refused before anything is asked.
    private ValueTask<ReadOutcome> ReadRangeAsync(string key, ObjectStat expected, ByteBuffer buffer, int from, long end, CancellationToken cancellation)
    {
        if (!S3Keys.IsBelow(key)) return new(ReadOutcome.Missing);
        if (Math.Min(end, expected.Size) > Array.MaxLength) return new(ReadOutcome.TooLarge);
        if (from == 0 && end >= expected.Size) return reading.ReadAsync(key, expected, buffer, expected.Size, cancellation);
        return from == expected.Size
            ? new(ReadOutcome.Read)
            : s3.Retries.RunAsync("read", keys.At(key), attempt => TryAsync(key, expected, buffer, from, (int)end, attempt), cancellation);
    }

    private async Task<ReadOutcome> TryAsync(string key, ObjectStat expected, ByteBuffer buffer, int from, int end, S3Attempt attempt)
    {
        var request = new GetObjectRequest
        {
            BucketName = keys.Bucket, Key = keys.Full(key), RequestPayer = s3.Payer,
            ByteRange = new(from, end - 1), EtagToMatch = S3Version.IfMatch(expected.Version),
        };
        try
        {
            var client = await s3.ClientAsync(keys.Bucket, attempt.Token).ConfigureAwait(false);
            using var answer = await client.GetObjectAsync(request, attempt.Token).ConfigureAwait(false);
            return await TakeAsync(answer, expected, buffer, from, end, attempt).ConfigureAwait(false);
        }
        catch (AmazonServiceException error) when (S3Faults.IsMissingKey(error))
        {
            return ReadOutcome.Missing;
        }
        catch (AmazonServiceException error) when (S3Faults.IsPrecondition(error) || S3Faults.IsBeyondEnd(error))
        {
            return ReadOutcome.Changed;
        }
    }

    private static async Task<ReadOutcome> TakeAsync(GetObjectResponse answer, ObjectStat expected, ByteBuffer buffer, int from, int end, S3Attempt attempt)
    {
        var isPart = answer.HttpStatusCode == HttpStatusCode.PartialContent;
        if (!S3Reading.IsSame(expected, isPart ? TotalOf(answer) : answer.ContentLength, answer)) return ReadOutcome.Changed;
        if (!isPart) (from, end) = (0, (int)expected.Size);
        if (answer.ContentLength != end - from) throw new IOException("the answer is not the part that was asked for");
        attempt.Progress();

        // A try before this one may have left more than the start.
        if (buffer.Length > end) buffer.Reset(end);
        else buffer.Extend(end);
        await S3Reading.FillAsync(answer.ResponseStream, buffer.Memory[from..], attempt).ConfigureAwait(false);
        return ReadOutcome.Read;
    }

    // Content-Range: bytes 0-499/1234
    private static long TotalOf(GetObjectResponse answer)
    {
        var range = answer.ContentRange ?? "";
        return long.TryParse(range.AsSpan(range.LastIndexOf('/') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var total)
            ? total
            : throw new IOException("the answer does not say of how much it is a part");
    }
}
