using EyeSlots.Core.Shards;
using EyeSlots.Integration.Tests.Cli;
using EyeSlots.Integration.Tests.Readers;

namespace EyeSlots.Integration.Tests.Jobs;

/// <summary>The folder of images of the trials, which once ended the run: whatever lies there, the neighbours are cut.</summary>
public sealed class TrialImagesTests
{
    private static readonly string[] Refused =
        ["chunk-length.png", "cmyk-2000-scans.jpg", "lzma.tif", "lzw-one-bit.tif", "planar-lzw-cut.tif", "ycc-2000-scans.jpg"];

    [Fact]
    public async Task Preprocess_FolderOfHostileImages_CutsAllThatAreRightAndSaysNothingElse()
    {
        using var scratch = new Scratch();
        var images = Path.GetDirectoryName(SharedFolder.File("trials", "images", "list.csv"))!;
        var result = await EyeSlotsProgram.RunAsync(
            "preprocess", "--annotations", Path.Combine(images, "list.csv"), "--images", images, "--out", scratch["out"], "--max-rejected", "1", "--format", "raw");
        Assert.True(result.ExitCode == 0, result.Output + result.Errors);
        Assert.DoesNotContain("libpng", result.Errors, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("TIFF", result.Errors, StringComparison.Ordinal);

        var crops = await CropsAsync(scratch["out"]);
        var listed = File.ReadLines(Path.Combine(images, "list.csv")).Skip(1).Select(line => line.Split(',')[0]);
        Assert.Equal(listed.Except(Refused).Order(StringComparer.Ordinal), crops.Keys.Order(StringComparer.Ordinal));
        for (var orientation = 2; orientation <= 8; orientation++) Assert.Equal(crops["tiled-o1.tif"], crops[$"tiled-o{orientation}.tif"]);
        Assert.Equal(crops["imagemagick-default.png"], crops["imagemagick-default.bmp"]);
        Assert.Equal(crops["imagemagick-refused.png"], crops["imagemagick-refused.bmp"]);
        Assert.Equal(crops["rgba-half.png"], crops["rgba-half.tif"]);
    }

    private static async Task<Dictionary<string, byte[]>> CropsAsync(string output)
    {
        Dictionary<string, byte[]> crops = [];
        foreach (var path in await RowDump.PathsAsync(output))
        {
            foreach (var row in ShardReader.Open(await File.ReadAllBytesAsync(path)).Rows()) crops[row.Key.ImagePath] = row.Slot.ToArray();
        }

        return crops;
    }
}
