using System.Diagnostics;
using Amazon.Runtime;

namespace EyeSlots.Storage.S3.Gets;

/// <summary>The read of an object, or of a part of a planned one behind what the buffer holds.</summary>
/// <param name="s3">Says when it may be sent.</param>
/// <param name="gets">Sends.</param>
/// <param name="keys">The root.</param>
/// <param name="key">The object's key below it.</param>
/// <param name="expected">What was planned, or null for whatever is there.</param>
/// <param name="buffer">Receives the content.</param>
internal sealed class ObjectRead(S3Connection s3, SignedGets gets, S3Keys keys, string key, ObjectStat? expected, ByteBuffer buffer) : S3Call<ReadOutcome>
{
    private readonly string? version = expected is { } bound ? S3Version.IfMatch(bound.Version) : null;

    /// <summary>The bytes that are asked for, or null for all; those before are in the buffer.</summary>
    public S3Range? Range { get; init; }

    /// <summary>Larger content is not read.</summary>
    public long MaxBytes { get; init; } = Array.MaxLength;

    public override string What => "read";

    public override StorageAddress Where => keys.At(key);

    public override string Bucket => keys.Bucket;

    public override ValueTask<ReadOutcome> TryAsync(S3Attempt attempt) => s3.Pace.RunAsync(Range?.Length ?? expected?.Size ?? 0, attempt, AskAsync);

    private async ValueTask<ReadOutcome> AskAsync(S3Attempt attempt)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            using var answer = await gets.SendAsync(new(key, version, Range), attempt.Token).ConfigureAwait(false);
            if (expected is { } planned && !answer.IsOf(planned)) return ReadOutcome.Changed;
            if (answer.Length > MaxBytes) return ReadOutcome.TooLarge;
            attempt.Progress();
            await answer.FillAsync(MakeRoom(answer), attempt).ConfigureAwait(false);
            Tell(Stopwatch.GetElapsedTime(began));
            return ReadOutcome.Read;
        }
        catch (AmazonServiceException error) when (S3Faults.IsMissingKey(error))
        {
            return ReadOutcome.Missing;
        }
        catch (AmazonServiceException error) when (S3Faults.IsPrecondition(error) || (Range is not null && S3Faults.IsBeyondEnd(error)))
        {
            return ReadOutcome.Changed;
        }
    }

    private void Tell(TimeSpan took)
    {
        if (expected is not { } planned) return;
        if (Range is not { } range) s3.Starts.AddWhole(planned.Size, took);
        else if (range.Offset == 0) s3.Starts.AddStart(planned.Size, took);
        else s3.Starts.AddRest(took);
    }

    // A server that gives no parts and sends everything has everything taken.
    private Memory<byte> MakeRoom(GetAnswer answer)
    {
        if (answer.Range is null)
        {
            buffer.Reset((int)answer.Length);
            return buffer.Memory;
        }

        if (Range is not { } range || answer.Length != range.Length) throw new IOException("the answer is not the part that was asked for");

        // A try before this one may have left more than the start.
        var (from, end) = ((int)range.Offset, (int)(range.Offset + range.Length));
        if (buffer.Length > end) buffer.Reset(end);
        else buffer.Extend(end);
        return buffer.Memory[from..];
    }
}
