using EyeSlots.Core;
using EyeSlots.Core.Storage;
using EyeSlots.Integration.Tests;
using EyeSlots.Training.Loading;
using EyeSlots.Training.Tests.Tools;

namespace EyeSlots.Training.Tests.Loading;

public sealed class PinnedGenerationTests(PartsDataset parts) : IClassFixture<PartsDataset>
{
    [Fact]
    public async Task Reopen_TheSameContentElsewhere_IsTheSameGeneration()
    {
        var pinned = await parts.Dataset.OpenAsync();
        using var copy = new Scratch();
        foreach (var manifest in Directory.EnumerateFiles(parts.Dataset.Root, "*.json", SearchOption.AllDirectories))
        {
            var to = copy[Path.GetRelativePath(parts.Dataset.Root, manifest)];
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(manifest, to);
        }

        var moved = await PinnedGeneration.ReopenAsync(new LocalObjectStore(StorageAddress.Parse(copy.Folder)), DrawnDataset.Name, 1, pinned.ContentSha256);
        Assert.Equal((pinned.ContentSha256, 1), (moved.ContentSha256, moved.Manifest.Generation));
    }

    [Fact]
    public async Task Reopen_OtherContentUnderItsNumber_IsDamage()
    {
        var error = await Assert.ThrowsAsync<EyeSlotsException>(() => PinnedGeneration.ReopenAsync(parts.Dataset.Store(), DrawnDataset.Name, 1, new('0', 64)));
        Assert.Equal(ErrorCodes.DatasetDamaged, error.Code);
        Assert.StartsWith($"Generation 1 of 'faces' in {parts.Dataset.Root} is not the one that was pinned", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reopen_AGenerationThatIsGone_IsDamage()
    {
        var error = await Assert.ThrowsAsync<EyeSlotsException>(() => PinnedGeneration.ReopenAsync(parts.Dataset.Store(), DrawnDataset.Name, 2, new('0', 64)));
        Assert.Equal(ErrorCodes.DatasetDamaged, error.Code);
    }
}
