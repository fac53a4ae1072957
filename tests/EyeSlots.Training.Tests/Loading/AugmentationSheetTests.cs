using System.Buffers.Binary;
using EyeSlots.Training.Augmentation;
using EyeSlots.Training.Loading;
using EyeSlots.Training.Tests.Tools;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyeSlots.Training.Tests.Loading;

/// <summary>The sheet shows what training sees, and nothing made up for it.</summary>
public sealed class AugmentationSheetTests
{
    private const int Faces = 5;
    private static readonly LoaderOptions Options = new() { Augmentation = new() { Cutout = 0.5 }, Seed = 4, BatchSize = 16, Workers = 1 };

    [Fact]
    public async Task Pictures_OfAFace_AreTheInputsOfTheRunsFirstEpochs()
    {
        using var dataset = await DrawnDataset.DrawAsync(40);
        var table = await dataset.FacesAsync("training");
        using var stream = new ShardStream(table, Options, NullLogger.Instance);
        var pictures = await AugmentationSheet.PicturesAsync(table, Options, Faces, CancellationToken.None);
        Assert.Equal(Faces * AugmentationSheet.Columns, pictures.Count);
        AssertShown(pictures.Where((_, at) => at % AugmentationSheet.Columns == 0).Select(picture => picture.Pixels), stream.InOrder());
        for (var epoch = 0; epoch < AugmentationSheet.Columns - 1; epoch++)
        {
            AssertShown(pictures.Where((_, at) => at % AugmentationSheet.Columns == epoch + 1).Select(picture => picture.Pixels), stream.Epoch(epoch));
        }
    }

    [Fact]
    public async Task Draw_MoreFacesThanThereAre_IsAPngOfAllOfThem()
    {
        using var dataset = await DrawnDataset.DrawAsync(12);
        var table = await dataset.FacesAsync("training");
        var few = await AugmentationSheet.DrawAsync(table, Options, 1);
        var all = await AugmentationSheet.DrawAsync(table, Options with { Input = InputShape.Default with { Gray = true } }, 1000);
        Assert.Equal((1, table.Count), (few.Faces, all.Faces));
        Assert.Equal(Width(few.Png), Width(all.Png));
        var row = (Height(all.Png) - Height(few.Png)) / (table.Count - 1);
        Assert.InRange(row, 50, 200);
        Assert.Equal(Height(few.Png) + ((table.Count - 1) * row), Height(all.Png));
    }

    // Faces are numbered as the sheet shows them.
    private static void AssertShown(IEnumerable<ReadOnlyMemory<byte>> shown, IEnumerable<FaceBatch> batches)
    {
        var input = Options.Input;
        var seen = new byte[Faces][];
        foreach (var batch in batches)
        {
            for (var place = 0; place < batch.Count; place++)
            {
                if (batch.Faces.Span[place] >= Faces) continue;
                var pixels = batch.Pixels.Slice(place * input.Bytes, input.Bytes).ToArray();
                var box = batch.Cutouts.Span[place];
                for (var at = 0; at < pixels.Length; at++)
                {
                    var (column, row) = (at / 3 % input.Width, at / 3 / input.Width);
                    if (column >= box.X0 && column < box.X1 && row >= box.Y0 && row < box.Y1) pixels[at] = 128;
                }

                seen[batch.Faces.Span[place]] = pixels;
            }
        }

        Assert.Equal(seen, shown.Select(picture => picture.ToArray()));
    }

    private static int Width(byte[] png) => BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16));

    private static int Height(byte[] png) => BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20));
}
