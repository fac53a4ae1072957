using EyeSlots.Core;
using EyeSlots.Core.Manifests;
using EyeSlots.Core.Shards;
using EyeSlots.Core.Storage;
using EyeSlots.Preprocessing.Cropping;
using EyeSlots.Preprocessing.Drawing;
using EyeSlots.Training.Augmentation;

namespace EyeSlots.Training.Loading;

/// <summary>A picture of what training will see: a face a row, as evaluation sees it, then as each of the first nine epochs does.</summary>
/// <param name="Png">The picture.</param>
/// <param name="Faces">Its rows.</param>
public sealed record AugmentationSheet(byte[] Png, int Faces)
{
    /// <summary>Pictures of a row.</summary>
    internal const int Columns = 10;

    /// <summary>Draws the first faces of a table whose crops decode.</summary>
    /// <param name="table">The faces that are trained on.</param>
    /// <param name="options">Input, augmentations and seed, as the run has them: the very inputs of that run are drawn.</param>
    /// <param name="faces">Rows of the sheet, at least 1; fewer where the table has fewer.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="EyeSlotsException">
    /// usage: an option lies outside its range. dataset-damaged: a shard is missing or damaged, or none of its crops decodes.
    /// </exception>
    public static async Task<AugmentationSheet> DrawAsync(FaceTable table, LoaderOptions options, int faces, CancellationToken cancellation = default)
    {
        var pictures = await PicturesAsync(table, options, faces, cancellation).ConfigureAwait(false);
        if (pictures.Count > 0) return new(PictureSheet.Png(pictures, Columns), pictures.Count / Columns);
        throw new EyeSlotsException(ErrorCodes.DatasetDamaged, $"No crop of {string.Join(", ", table.Lists)} decodes; look at the dataset with 'eyeslots verify'.");
    }

    /// <summary>The sheet's pictures, <see cref="Columns"/> for each face.</summary>
    internal static async Task<IReadOnlyList<SheetPicture>> PicturesAsync(FaceTable table, LoaderOptions options, int faces, CancellationToken cancellation)
    {
        using var decoder = new SlotDecoder();
        var altered = new AlteredFace(options.Validated());
        List<SheetPicture> pictures = [];
        var pixels = new ByteBuffer();
        foreach (var shard in table.ShardFaces.Where(shard => shard.Count > 0).TakeWhile(_ => pictures.Count < faces * Columns))
        {
            var reader = await PublishedFile.OpenShardAsync(table.Generation.Root, shard.Shard, cancellation).ConfigureAwait(false);
            ShardRow[] rows = [.. reader.Rows()];
            for (var at = 0; at < shard.Count && pictures.Count < faces * Columns; at++)
            {
                var row = rows[shard.Rows[at]];
                if (decoder.TryDecode(row.Slot.Span, table.Generation.Format, row.Width, row.Height, pixels)) pictures.AddRange(altered.Pictures(row, pixels.Span, shard.KeyHashes[at]));
            }
        }

        return pictures;
    }

    /// <summary>Makes the pictures of one face after the other.</summary>
    private sealed class AlteredFace(LoaderOptions options)
    {
        private readonly Augmenter augmenter = new(options.Augmentation, options.Input), none = new(AugmentationOptions.None, options.Input);

        public SheetPicture[] Pictures(ShardRow row, ReadOnlySpan<byte> bgr, ulong keyHash)
        {
            var pictures = new SheetPicture[Columns];
            var label = $"v {Quantity.Signed(row.Valence ?? 0, 2)}  a {Quantity.Signed(row.Arousal ?? 0, 2)}";
            pictures[0] = AugmentedPicture.Of(bgr, row.Width, row.Height, none.Draw(0, row.Width, row.Height), options.Input, label);
            for (var epoch = 0; epoch < Columns - 1; epoch++)
            {
                var drawn = augmenter.Draw(FaceSeed.Of(FaceSeed.OfEpoch(options.Seed, epoch), keyHash), row.Width, row.Height);
                pictures[epoch + 1] = AugmentedPicture.Of(bgr, row.Width, row.Height, drawn, options.Input, $"epoch {epoch + 1}");
            }

            return pictures;
        }
    }
}
