using EyeSlots.Core;
using EyeSlots.Core.Manifests;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;
using EyeSlots.Core.Storage;
using EyeSlots.Preprocessing.Cropping;
using OpenCvSharp;

namespace EyeSlots.Preprocessing.Drawing;

/// <summary>Many crops on one page, with their labels.</summary>
/// <param name="Png">The page.</param>
/// <param name="Faces">Crops drawn.</param>
/// <param name="Damaged">Shards and crops that could not be drawn, in the order of the shards.</param>
public sealed record ContactSheet(byte[] Png, int Faces, IReadOnlyList<VerifyProblem> Damaged)
{
    private const int Columns = 5, CellWidth = 240, CellHeight = 130;

    /// <summary>Draws the first crops of a generation. What is damaged is named and left out.</summary>
    /// <param name="root">The dataset root.</param>
    /// <param name="content">The shards.</param>
    /// <param name="most">Crops that the page has room for.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="EyeSlotsException">The manifest's parameters are not those of a job: dataset-damaged.</exception>
    public static async Task<ContactSheet> DrawAsync(IObjectStore root, ManifestContent content, int most, CancellationToken cancellation)
    {
        using var page = new Page(content.ReadFormat(), most);
        foreach (var shard in content.Shards.Where(shard => shard.Rows > 0).TakeWhile(_ => !page.IsFull))
        {
            try
            {
                page.Add(shard, await PublishedFile.OpenShardAsync(root, shard, cancellation).ConfigureAwait(false));
            }
            catch (EyeSlotsException error) when (error.Code == ErrorCodes.DatasetDamaged)
            {
                page.Damaged.Add(new(shard.Fingerprint, error.Message));
            }
        }

        return new(page.ToPng(), page.Faces, page.Damaged);
    }

    internal static string Caption(ShardRow row)
    {
        var angle = $"{Quantity.Fixed(row.Theta, 0)} deg";
        return row is { Valence: { } valence, Arousal: { } arousal }
            ? $"v {Quantity.Signed(valence, 2)}  a {Quantity.Signed(arousal, 2)}  {angle}"
            : $"no label  {angle}";
    }

    /// <summary>A page that fills up.</summary>
    private sealed class Page(SlotFormat format, int most) : IDisposable
    {
        private readonly SlotDecoder decoder = new();
        private readonly List<(Mat Picture, string Caption)> pictures = [];

        public List<VerifyProblem> Damaged { get; } = [];

        public int Faces => pictures.Count;

        public bool IsFull => pictures.Count >= most;

        public void Add(ShardResult shard, ShardReader reader)
        {
            foreach (var row in reader.Rows().TakeWhile(_ => !IsFull))
            {
                if (decoder.ToBgr(row.Slot.Span, format, row.Width, row.Height) is { } bgr) pictures.Add((Shrunk(bgr, row), Caption(row)));
                else Damaged.Add(VerifyProblem.OfCrop(shard.Fingerprint, row));
            }
        }

        public byte[] ToPng()
        {
            using var sheet = new SheetLayout(Columns, CellWidth, CellHeight).Draw(pictures, pictures.Count, (Columns * CellWidth) + 12);
            return sheet.ImEncode(".png");
        }

        public void Dispose()
        {
            foreach (var (picture, _) in pictures) picture.Dispose();
            decoder.Dispose();
        }

        // No more of a great crop is kept than a cell shows.
        private static Mat Shrunk(byte[] bgr, ShardRow row)
        {
            using var crop = Mat.FromPixelData(row.Height, row.Width, MatType.CV_8UC3, bgr);
            return FacePictures.Fitted(crop, CellWidth, CellHeight);
        }
    }
}
