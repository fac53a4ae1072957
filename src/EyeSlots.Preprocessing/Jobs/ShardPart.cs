using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;

namespace EyeSlots.Preprocessing.Jobs;

/// <summary>What one worker has cut of a shard: all of it, unless others helped. The room for it is taken with the first face. For one worker.</summary>
internal sealed class ShardPart(Slice slice, JobParameters parameters, long memory, SpareRooms rooms)
{
    private ShardRoom? room;
    private ShardBuilder? builder;
    private long bytesRead, bytesThere;

    /// <summary>Takes the faces.</summary>
    public ShardBuilder Builder => builder ??= new(slice, parameters, memory, room = rooms.Take());

    public long CropBytes => builder?.CropBytes ?? 0;

    /// <summary>Counts bytes that were read, and bytes that the image has.</summary>
    public void Read(long bytes, long there) => (bytesRead, bytesThere) = (bytesRead + bytes, bytesThere + there);

    /// <summary>Takes over all faces of another part, whose room is free again when the shard is laid out.</summary>
    public void Join(ShardPart other)
    {
        Builder.Join(other.Builder);
        Read(other.bytesRead, other.bytesThere);
    }

    /// <summary>Lays both files out; call when all faces are there.</summary>
    public async Task<UnpublishedShard> LayOutAsync(CancellationToken cancellation)
    {
        var files = await Builder.FinishAsync(cancellation).ConfigureAwait(false);
        return new(files with { Result = files.Result with { BytesRead = bytesRead, BytesThere = bytesThere } }, room!);
    }

    /// <summary>Gives the room back; what was in it must be somewhere else.</summary>
    public void GiveBack() => rooms.Add(room!);
}

/// <summary>A shard that is made and not yet published, and the room that holds it until then.</summary>
internal readonly record struct UnpublishedShard(ShardFiles Files, ShardRoom Room);
