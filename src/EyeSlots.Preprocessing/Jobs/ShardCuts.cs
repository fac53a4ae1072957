using System.Buffers;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;
using EyeSlots.Preprocessing.Cropping;

namespace EyeSlots.Preprocessing.Jobs;

/// <summary>Lays the faces of a slice into its shard. The room for it is taken with the first of them.</summary>
internal sealed class ShardCuts(Slice slice, JobParameters parameters, long memory, SpareRooms rooms) : IFaceCuts
{
    private ShardRoom? room;
    private ShardBuilder? builder;
    private long bytesRead, bytesThere;

    /// <inheritdoc/>
    public Slice Slice => slice;

    /// <inheritdoc/>
    public IBufferWriter<byte> Slot => Builder.Slot;

    /// <inheritdoc/>
    public long CropBytes => builder?.CropBytes ?? 0;

    private ShardBuilder Builder => builder ??= new(slice, parameters, memory, room = rooms.Take());

    /// <inheritdoc/>
    public void Read(long bytes, long there) => (bytesRead, bytesThere) = (bytesRead + bytes, bytesThere + there);

    /// <inheritdoc/>
    public void Add(int place, in CropResult crop) =>
        Builder.Add(place, crop.Slot, crop.Coverage, crop.Width, crop.Height, crop.ImageWidth, crop.ImageHeight);

    /// <inheritdoc/>
    public void Reject(int place, Rejection why) => Builder.Reject(place, why);

    /// <summary>Lays both files out; call when all faces are there.</summary>
    public async Task<UnpublishedShard> FinishAsync(CancellationToken cancellation)
    {
        var files = await Builder.FinishAsync(cancellation).ConfigureAwait(false);
        return new(files with { Result = files.Result with { BytesRead = bytesRead, BytesThere = bytesThere } }, room!);
    }
}

/// <summary>A shard that is made and not yet published, and the room that holds it until then.</summary>
internal readonly record struct UnpublishedShard(ShardFiles Files, ShardRoom Room);
