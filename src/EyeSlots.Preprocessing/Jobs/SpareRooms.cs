using EyeSlots.Core.Shards;

namespace EyeSlots.Preprocessing.Jobs;

/// <summary>Rooms that hold no shard at the moment. Safe to call from several threads.</summary>
internal sealed class SpareRooms
{
    /// <summary>Bytes beyond which one is kept at most: where a few slices waited for slow images, or crops are huge.</summary>
    private const long MostBytes = 64 << 20;

    private readonly Lock gate = new();
    private readonly Stack<ShardRoom> rooms = new();
    private long bytes;

    /// <summary>A room, used before or new.</summary>
    public ShardRoom Take()
    {
        lock (gate)
        {
            if (!rooms.TryPop(out var room)) return new();
            bytes -= room.Bytes;
            return room;
        }
    }

    /// <summary>Takes a room back whose shard is published.</summary>
    public void Add(ShardRoom room)
    {
        lock (gate)
        {
            if (rooms.Count > 0 && bytes + room.Bytes > MostBytes) return;
            rooms.Push(room);
            bytes += room.Bytes;
        }
    }
}
