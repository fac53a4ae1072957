namespace EyeSlots.Training.Loading;

/// <summary>A face that waits for its batch's turn.</summary>
/// <param name="Face">Its number in the table.</param>
/// <param name="KeyHash">64 bits of its key's hash.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="Width">Pixels of the crop, as the shard states them.</param>
/// <param name="Height">Pixels of the crop, as the shard states them.</param>
/// <param name="Array">Holds the encoded crop at its start.</param>
/// <param name="Length">Bytes of the encoded crop.</param>
internal readonly record struct EncodedSlot(int Face, ulong KeyHash, FaceLabels Labels, int Width, int Height, byte[] Array, int Length)
{
    /// <summary>The encoded crop.</summary>
    public ReadOnlySpan<byte> Bytes => Array.AsSpan(0, Length);
}
