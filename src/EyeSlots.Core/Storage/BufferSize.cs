using System.Numerics;

namespace EyeSlots.Core.Storage;

/// <summary>Sizes of buffers that are used again: few enough that one fits the next need, and close enough that little is wasted.</summary>
public static class BufferSize
{
    private const int Steps = 8;

    /// <summary>The size for so many bytes, an eighth above them at most.</summary>
    /// <param name="bytes">Bytes that must have room.</param>
    /// <param name="least">The smallest size.</param>
    public static int Of(int bytes, int least)
    {
        var wanted = Math.Max(bytes, least);
        var step = BitOperations.RoundUpToPowerOf2((uint)wanted) / (2 * Steps);
        return (int)Math.Min(Array.MaxLength, (wanted + step - 1) / step * step);
    }
}
