namespace EyeSlots.Storage.S3;

/// <summary>
/// Reads the start of an object and what is missing behind it, both bound to the version that was planned. A server that gives no parts
/// and sends everything has everything taken.
/// </summary>
internal sealed class S3Starts(S3Reading reading)
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
        return from == expected.Size ? new(ReadOutcome.Read) : reading.ReadRangeAsync(key, expected, buffer, new(from, end - from), cancellation);
    }
}
