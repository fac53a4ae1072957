namespace EyeSlots.Preprocessing.Decoding;

/// <summary>The bits of a VP8L stream (RFC 9649, 3), the lowest of a byte first. Behind its end there are zeros, and <see cref="IsSpent"/>.</summary>
/// <param name="stream">The stream.</param>
internal ref struct Vp8lBits(ReadOnlySpan<byte> stream)
{
    private readonly ReadOnlySpan<byte> stream = stream;
    private long at;

    /// <summary>Whether more was read than there is.</summary>
    public readonly bool IsSpent => at > 8L * stream.Length;

    /// <summary>Reads up to 24 bits.</summary>
    public uint Read(int count)
    {
        uint value = 0;
        for (var i = 0; i < count; i++, at++)
        {
            var index = (int)Math.Min(at / 8, int.MaxValue);
            if (index < stream.Length) value |= (uint)(stream[index] >> (int)(at % 8) & 1) << i;
        }

        return value;
    }
}
