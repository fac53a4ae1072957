namespace EyeSlots.Core.Shards;

/// <summary>
/// Memory in which one shard is made: some megabytes that would else be taken, cleared and given back for each shard. Belongs to one
/// <see cref="ShardBuilder"/> at a time, until its shard is published.
/// </summary>
public sealed class ShardRoom
{
    /// <summary>Bytes that it takes.</summary>
    public long Bytes => Crops.Capacity + Shard.Bytes;

    /// <summary>The encoded crops of a shard.</summary>
    internal CropBlocks Crops { get; } = new();

    /// <summary>The shard's file.</summary>
    internal FileRoom Shard { get; } = new();

    /// <summary>Forgets the shard before.</summary>
    internal ShardRoom Emptied()
    {
        Crops.Clear();
        return this;
    }
}
