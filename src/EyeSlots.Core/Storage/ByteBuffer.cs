namespace EyeSlots.Core.Storage;

/// <summary>A growing byte array that its owner reuses from read to read, so that reading allocates nothing in the long run.</summary>
public sealed class ByteBuffer
{
    /// <summary>The smallest memory that one takes.</summary>
    public const int LeastBytes = 4096;
    private byte[] array = [];

    /// <summary>Bytes in use.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes in use; valid until the next <see cref="Reset"/> or <see cref="Extend"/>.</summary>
    public Memory<byte> Memory => array.AsMemory(0, Length);

    /// <summary>The bytes in use; valid until the next <see cref="Reset"/> or <see cref="Extend"/>.</summary>
    public Span<byte> Span => array.AsSpan(0, Length);

    /// <summary>Bytes held, in use or not.</summary>
    public int Capacity => array.Length;

    /// <summary>Forgets the content and makes room for exactly <paramref name="length"/> bytes, whose values are not defined.</summary>
    public void Reset(int length)
    {
        if (array.Length < length) array = GC.AllocateUninitializedArray<byte>(BufferSize.Of(length, LeastBytes));
        Length = length;
    }

    /// <summary>Keeps the content and makes room for what comes behind it, whose values are not defined.</summary>
    /// <param name="length">Bytes of both, at least those in use.</param>
    public void Extend(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, Length);
        if (array.Length < length)
        {
            var larger = GC.AllocateUninitializedArray<byte>(BufferSize.Of(length, LeastBytes));
            Span.CopyTo(larger);
            array = larger;
        }

        Length = length;
    }

    /// <summary>Gives the memory back, for a buffer that one large image has blown up.</summary>
    public void Release()
    {
        array = [];
        Length = 0;
    }
}
