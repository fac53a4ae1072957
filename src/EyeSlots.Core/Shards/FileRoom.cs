using EyeSlots.Core.Storage;

namespace EyeSlots.Core.Shards;

/// <summary>Memory in which one Parquet file is made.</summary>
internal sealed class FileRoom
{
    /// <summary>Bytes that it takes.</summary>
    public long Bytes => (long)Written.Capacity + File.Capacity;

    /// <summary>What the library wrote.</summary>
    public MemoryStream Written { get; } = new();

    /// <summary>The file.</summary>
    public ByteBuffer File { get; } = new();
}
