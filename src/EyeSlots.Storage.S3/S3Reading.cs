using Amazon.Runtime;
using EyeSlots.Storage.S3.Gets;

namespace EyeSlots.Storage.S3;

/// <summary>Reads objects into the caller's memory: whole ones, bound to the version that was planned, and parts.</summary>
internal sealed class S3Reading(S3Connection s3, S3Keys keys)
{
    private readonly SignedGets gets = new(s3, keys);

    public ValueTask<ReadOutcome> ReadAsync(string key, ObjectStat? expected, ByteBuffer buffer, long maxBytes, CancellationToken cancellation)
    {
        if (!S3Keys.IsBelow(key)) return new(ReadOutcome.Missing);
        var most = Math.Min(maxBytes, Array.MaxLength);

        // What is planned to be too large is not asked for.
        if (expected?.Size > most) return new(ReadOutcome.TooLarge);
        return s3.Retries.RunAsync(new ObjectRead(s3, gets, keys, key, expected, buffer) { MaxBytes = most }, cancellation);
    }

    /// <summary>Reads bytes of a planned content into the buffer, behind those that it holds.</summary>
    public ValueTask<ReadOutcome> ReadRangeAsync(string key, ObjectStat expected, ByteBuffer buffer, S3Range range, CancellationToken cancellation) =>
        s3.Retries.RunAsync(new ObjectRead(s3, gets, keys, key, expected, buffer) { Range = range }, cancellation);

    public ValueTask<bool> ReadPartAsync(string key, long offset, Memory<byte> part, CancellationToken cancellation) => S3Keys.IsBelow(key)
        ? s3.Retries.RunAsync("read", keys.At(key), attempt => TryPartAsync(key, offset, part, attempt), cancellation)
        : new(false);

    private async Task<bool> TryPartAsync(string key, long offset, Memory<byte> part, S3Attempt attempt)
    {
        try
        {
            // No range is empty: of a part without bytes only whether the object is there is asked.
            using var answer = await gets.SendAsync(new(key, Range: part.Length > 0 ? new(offset, part.Length) : null), attempt.Token).ConfigureAwait(false);
            if (part.Length == 0) return true;
            if (answer.Length != part.Length) throw Short(key);
            attempt.Progress();
            await answer.FillAsync(part, attempt).ConfigureAwait(false);
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
}
