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

/// <summary>Collects the crops and the rejects of one slice, in its order. Not thread-safe.</summary>
/// <param name="slice">The slice.</param>
/// <param name="parameters">The job's parameters, for the footer.</param>
/// <param name="memory">Bytes of <c>--memory</c>, which names the shard where it decided a reject.</param>
/// <param name="room">Where the crops and the shard grow; whoever gives it uses it again when the shard is published.</param>
public sealed class ShardBuilder(Slice slice, JobParameters parameters, long memory, ShardRoom? room = null)
{
    private const int CrowdedRowBytes = 400;
    private readonly ShardRoom room = (room ?? new()).Emptied();
    private readonly List<ShardRow> rows = new(slice.Faces.Count);
    private readonly List<Range> slots = new(slice.Faces.Count);
    private readonly List<QuarantineRow> rejected = [];
    private string name = slice.Fingerprint;
    private int start;

    /// <summary>The encoded crop under way; taken by the next <see cref="Add"/>, dropped by the next <see cref="Reject"/>.</summary>
    public IBufferWriter<byte> Slot => room.Crops;

    /// <summary>Adds a crop with the bytes written to <see cref="Slot"/>.</summary>
    /// <exception cref="EyeSlotsException">shard-too-large: the crops have more bytes than a shard may.</exception>
    public void Add(SliceFace face, in EyeSlot geometry, double coverage, int width, int height, int imageWidth, int imageHeight)
    {
        rows.Add(new()
        {
            Key = face.Key, Slot = default, Width = width, Height = height, Geometry = geometry, Theta = geometry.Theta,
            Coverage = (float)coverage, ImageWidth = imageWidth, ImageHeight = imageHeight, Expression = face.Expression, Valence = face.Valence, Arousal = face.Arousal,
        });
        slots.Add(start..room.Crops.WrittenCount);
        start = room.Crops.WrittenCount;
        if (start > JobParameters.MaxShardBytes) throw new EyeSlotsException(ErrorCodes.ShardTooLarge,
            $"The crops of a shard of list '{slice.List}' have more than {Quantity.Bytes(JobParameters.MaxShardBytes)}; choose a smaller --size, or --format jpeg.");
    }

    /// <summary>Adds a face to the quarantine.</summary>
    public void Reject(SliceFace face, Rejection why)
    {
        rejected.Add(new(face.Key, why.Code, why.Detail));
        if (why.ByMemory) name = SliceHeader.NameUnder(slice.Fingerprint, memory);
        start = room.Crops.WrittenCount;
    }

    /// <summary>Lays both files out. The bytes depend on the slice and its images alone.</summary>
    public async Task<ShardFiles> FinishAsync(CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var quarantine = rejected.Count > 0 ? await QuarantineWriter.WriteAsync(rejected).ConfigureAwait(false) : default;
        var quarantineHash = rejected.Count > 0 ? Hash(quarantine) : "";
        var metadata = new ShardMetadata(
            FormatVersions.Schema, FormatVersions.Pixel, ParameterText.Of(parameters), name, rows.Count, rejected.Count, quarantineHash);
        room.Shard.Capacity = Math.Max(room.Shard.Capacity, start + (CrowdedRowBytes * rows.Count) + 4096);
        var crops = room.Crops.WrittenMemory;
        var shard = await ShardWriter.WriteAsync(rows, at => crops[slots[at]], metadata, room.Shard).ConfigureAwait(false);
        return new(shard, quarantine, new()
        {
            Fingerprint = name, List = slice.List, Faces = rows.Count + rejected.Count, Rows = rows.Count, Rejected = rejected.Count,
            RejectedByCode = CountByCode(rejected), Bytes = shard.Length, Sha256 = Hash(shard), FaceKeysSha256 = HashKeys(rows.Select(row => row.Key)),
            QuarantineBytes = quarantine.Length, QuarantineSha256 = quarantineHash,
        });
    }

    internal static SortedDictionary<string, int> CountByCode(IEnumerable<QuarantineRow> rejected) =>
        new(rejected.GroupBy(row => row.Code.Text()).ToDictionary(group => group.Key, group => group.Count()), StringComparer.Ordinal);

    internal static string HashKeys(IEnumerable<FaceKey> keys)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var key in keys)
        {
            hash.AppendData(key.ToUtf8());
            hash.AppendData("\n"u8);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    internal static string Hash(ReadOnlyMemory<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes.Span));
}
