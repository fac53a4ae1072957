using System.Buffers;
using System.Security.Cryptography;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Geometry;
using EyeSlots.Core.Planning;

namespace EyeSlots.Core.Shards;

/// <summary>A shard and its quarantine file, ready to be published.</summary>
/// <param name="Shard">The Parquet file.</param>
/// <param name="Quarantine">The Parquet file of rejected rows; empty when there are none.</param>
/// <param name="Result">What the manifest says of both.</param>
public sealed record ShardFiles(ReadOnlyMemory<byte> Shard, ReadOnlyMemory<byte> Quarantine, ShardResult Result);

/// <summary>
/// Collects the crops and the rejects of one slice, each face once, in any order: rows are laid out in the slice's order, so the bytes do not
/// tell in which one the faces came. Not thread-safe.
/// </summary>
/// <param name="slice">The slice.</param>
/// <param name="parameters">The job's parameters, for the footer.</param>
/// <param name="memory">Bytes of <c>--memory</c>, which names the shard where it decided a reject.</param>
/// <param name="room">Where the crops and the shard grow; whoever gives it uses it again when the shard is published.</param>
public sealed class ShardBuilder(Slice slice, JobParameters parameters, long memory, ShardRoom? room = null)
{
    private readonly ShardRoom room = (room ?? new()).Emptied();
    private readonly ShardRow?[] rows = new ShardRow?[slice.Faces.Count];
    private readonly ReadOnlyMemory<byte>[] slots = new ReadOnlyMemory<byte>[slice.Faces.Count];
    private readonly QuarantineRow?[] rejected = new QuarantineRow?[slice.Faces.Count];
    private string name = slice.Fingerprint;
    private long joinedBytes;

    /// <summary>The encoded crop under way; taken by the next <see cref="Add"/>, dropped by the next <see cref="Reject"/>.</summary>
    public IBufferWriter<byte> Slot => room.Crops;

    /// <summary>Bytes of the crops so far.</summary>
    public long CropBytes => room.Crops.TakenBytes + joinedBytes;

    /// <summary>Adds the crop of the face at a place of the slice, with the bytes written to <see cref="Slot"/>.</summary>
    /// <exception cref="EyeSlotsException">shard-too-large: the crops have more bytes than a shard may.</exception>
    public void Add(int place, in EyeSlot geometry, double coverage, int width, int height, int imageWidth, int imageHeight)
    {
        var face = slice.Faces[place];
        rows[place] = new()
        {
            Key = face.Key, Slot = default, Width = width, Height = height, Geometry = geometry, Theta = geometry.Theta,
            Coverage = (float)coverage, ImageWidth = imageWidth, ImageHeight = imageHeight, Expression = face.Expression, Valence = face.Valence, Arousal = face.Arousal,
        };
        slots[place] = room.Crops.Take();
        RequireRoom();
    }

    /// <summary>Adds the face at a place of the slice to the quarantine.</summary>
    public void Reject(int place, Rejection why)
    {
        rejected[place] = new(slice.Faces[place].Key, why.Code, why.Detail);
        if (why.ByMemory) name = SliceHeader.NameUnder(slice.Fingerprint, memory);
        room.Crops.Drop();
    }

    /// <summary>Takes over the faces that another builder has of the same slice: both were at work on it, each on faces of its own. The other's room is needed until the shard is laid out.</summary>
    /// <exception cref="EyeSlotsException">shard-too-large: the crops have more bytes than a shard may.</exception>
    public void Join(ShardBuilder other)
    {
        for (var place = 0; place < rows.Length; place++)
        {
            if (other.rows[place] is { } row) (rows[place], slots[place]) = (row, other.slots[place]);
            rejected[place] ??= other.rejected[place];
        }

        if (other.name != slice.Fingerprint) name = other.name;
        joinedBytes += other.CropBytes;
        RequireRoom();
    }

    /// <summary>Lays both files out. The bytes depend on the slice and its images alone.</summary>
    /// <exception cref="InvalidOperationException">A face of the slice is missing.</exception>
    public async Task<ShardFiles> FinishAsync(CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var (laid, crops, refused) = InOrder();
        var quarantine = refused.Count > 0 ? await QuarantineWriter.WriteAsync(refused).ConfigureAwait(false) : default;
        var quarantineHash = refused.Count > 0 ? Hash(quarantine) : "";
        var metadata = new ShardMetadata(
            FormatVersions.Schema, FormatVersions.Pixel, ParameterText.Of(parameters), name, laid.Count, refused.Count, quarantineHash);
        var shard = await ShardWriter.WriteAsync(laid, crops, metadata, room.Shard).ConfigureAwait(false);
        return new(shard, quarantine, new()
        {
            Fingerprint = name, List = slice.List, Faces = laid.Count + refused.Count, Rows = laid.Count, Rejected = refused.Count,
            RejectedByCode = CountByCode(refused), Bytes = shard.Length, Sha256 = Hash(shard), FaceKeysSha256 = HashKeys(laid.Select(row => row.Key)),
            QuarantineBytes = quarantine.Length, QuarantineSha256 = quarantineHash,
        });
    }

    private (List<ShardRow> Rows, List<ReadOnlyMemory<byte>> Crops, List<QuarantineRow> Rejected) InOrder()
    {
        var (laid, crops) = (new List<ShardRow>(rows.Length), new List<ReadOnlyMemory<byte>>(rows.Length));
        for (var place = 0; place < rows.Length; place++)
        {
            if (rows[place] is not { } row) continue;
            laid.Add(row);
            crops.Add(slots[place]);
        }

        List<QuarantineRow> refused = [.. rejected.OfType<QuarantineRow>()];
        return laid.Count + refused.Count == rows.Length
            ? (laid, crops, refused)
            : throw new InvalidOperationException($"{rows.Length - laid.Count - refused.Count} of {rows.Length} faces of the slice were neither added nor rejected.");
    }

    private void RequireRoom()
    {
        if (CropBytes > JobParameters.MaxShardBytes) throw new EyeSlotsException(ErrorCodes.ShardTooLarge,
            $"The crops of a shard of list '{slice.List}' have more than {Quantity.Bytes(JobParameters.MaxShardBytes)}; choose a smaller --size, or --format jpeg.");
    }

    internal static SortedDictionary<string, int> CountByCode(IEnumerable<QuarantineRow> rejected) =>
        new(rejected.GroupBy(row => row.Code.Text()).ToDictionary(group => group.Key, group => group.Count()), StringComparer.Ordinal);

    internal static string HashKeys(IEnumerable<FaceKey> keys)
    {
        var all = new ArrayBufferWriter<byte>(1 << 16);
        foreach (var key in keys)
        {
            all.Write(key.ToUtf8());
            all.Write("\n"u8);
        }

        return Hash(all.WrittenMemory);
    }

    internal static string Hash(ReadOnlyMemory<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes.Span));
}
