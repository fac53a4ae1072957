using EyeSlots.Core;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Manifests;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;
using EyeSlots.Core.Storage;
using EyeSlots.Preprocessing.Drawing;
using EyeSlots.Reporting.Datasets;

namespace EyeSlots.Cli.Commands;

/// <summary>Encodes the pictures of a dataset's page: crops from shards spread over the generation, and photographs where they can be reached.</summary>
/// <param name="root">The dataset root.</param>
/// <param name="content">The generation.</param>
/// <param name="photographs">Null where no image root was named.</param>
internal sealed class ReportPictures(IObjectStore root, ManifestContent content, ListedImageReader? photographs) : IDisposable
{
    private const int CropsOfASheet = 24, ShardsOfASheet = 8;

    /// <summary>Larger files are no photographs that a page needs.</summary>
    private const long MostPhotographBytes = 64L << 20;

    private readonly FacePictures drawing = new(content.ReadParameters());
    private readonly ByteBuffer shardBytes = new(), photograph = new();
    private readonly List<PicturedFace> faces = [];
    private readonly List<VerifyProblem> damaged = [];

    /// <summary>Draws all of them. What is damaged is named and left out.</summary>
    /// <param name="rejected">Rejected faces whose photographs are shown where they can be.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<DatasetPictures> DrawAsync(IReadOnlyList<QuarantineRow> rejected, CancellationToken cancellation)
    {
        var shards = DatasetStatistics.Sample([.. content.Shards.Where(shard => shard.Rows > 0)], ShardsOfASheet);
        for (var at = 0; at < shards.Count; at++)
        {
            try
            {
                await AddAsync(shards[at], (CropsOfASheet - faces.Count) / (shards.Count - at), cancellation);
            }
            catch (EyeSlotsException error) when (error.Code == ErrorCodes.DatasetDamaged)
            {
                damaged.Add(new(shards[at].Fingerprint, error.Message));
            }
        }

        return new(faces, await RejectedAsync(rejected, cancellation), damaged);
    }

    public void Dispose() => drawing.Dispose();

    private async Task AddAsync(ShardResult shard, int most, CancellationToken cancellation)
    {
        await PublishedFile.ReadShardAsync(root, shard, shardBytes, cancellation);
        foreach (var row in PublishedFile.Open(root, shard, shardBytes.Memory).Rows().Take(most))
        {
            if (drawing.Crop(row) is { } crop) faces.Add(new(row with { Slot = default }, crop, await OverlayAsync(row, cancellation)));
            else damaged.Add(VerifyProblem.OfCrop(shard.Fingerprint, row));
        }
    }

    private async Task<byte[]?> OverlayAsync(ShardRow row, CancellationToken cancellation) =>
        await ReadAsync(row.Key, cancellation) ? drawing.Overlay(photograph.Span, row) : null;

    private async Task<Dictionary<FaceKey, byte[]>> RejectedAsync(IReadOnlyList<QuarantineRow> rows, CancellationToken cancellation)
    {
        Dictionary<FaceKey, byte[]> found = [];
        foreach (var row in rows)
        {
            if (await ReadAsync(row.Key, cancellation) && FacePictures.Photograph(photograph.Span) is { } picture) found[row.Key] = picture;
        }

        return found;
    }

    private async ValueTask<bool> ReadAsync(FaceKey face, CancellationToken cancellation) =>
        photographs is not null && await photographs.TryReadAsync(face.ImagePath, photograph, MostPhotographBytes, cancellation);
}
