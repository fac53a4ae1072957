using EyeSlots.Core.Annotations;
using EyeSlots.Core.Manifests;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;
using EyeSlots.Reporting.Datasets;
using EyeSlots.Tests.Manifests;

namespace EyeSlots.Tests.Reporting.Datasets;

/// <summary>The page of a generation as text.</summary>
public sealed class DatasetPageTests : IDisposable
{
    private const string Hostile = "</table><script>alert(1)</script>\"'&.jpg";
    private static readonly byte[] Pixels = [0xFF, 0xD8, 0xFF, 0xE0];
    private readonly Dataset dataset = new();

    public void Dispose() => dataset.Dispose();

    [Fact]
    public async Task SameGeneration_GivesTheSameBytes()
    {
        var manifest = await CommitAsync();
        Assert.Equal(await PageAsync(manifest, withPictures: true), await PageAsync(manifest, withPictures: true));
    }

    [Fact]
    public async Task PathsOfLists_AreEscaped()
    {
        var page = await PageAsync(await CommitAsync(), withPictures: true);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", page, StringComparison.Ordinal);
        Assert.Contains("AffectNet&#x27;s licence forbids passing them on", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutPictures_NoPixelAndNoPathIsHeld()
    {
        var page = await PageAsync(await CommitAsync(), withPictures: false);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.DoesNotContain(".jpg", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Reason", page, StringComparison.Ordinal); // what was seen of a face may name it
        Assert.Contains("2 groups", System.Text.RegularExpressions.Regex.Replace(page, "<[^>]+>", ""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LongPaths_AreCutShort()
    {
        var page = await PageAsync(await CommitAsync(), withPictures: true, path: new string('x', 100_000) + ".jpg");
        Assert.InRange(page.Length, 1000, 400_000);
        Assert.Contains($"{new string('x', 200)}…", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EmptyGeneration_HasAPage()
    {
        var page = await PageAsync(await dataset.CommitAsync("affectnet", 0), withPictures: false);
        Assert.Contains("The generation has no list.", page, StringComparison.Ordinal);
        Assert.Contains("No face was rejected.", page, StringComparison.Ordinal);
        Assert.Contains("No crop was read.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damage_IsSaidAtTheTop()
    {
        var manifest = await CommitAsync();
        dataset.Damage(ShardLayout.ShardKey(manifest.Content.Shards[0].Fingerprint), bytes => bytes[..50]);
        var page = await PageAsync(manifest, withPictures: true);
        Assert.Contains("1 shard could not be read.", page, StringComparison.Ordinal);
        Assert.True(page.IndexOf(manifest.Content.Shards[0].Fingerprint, StringComparison.Ordinal) < page.IndexOf("Faces by list", StringComparison.Ordinal));
    }

    private async Task<Manifest> CommitAsync() =>
        await dataset.CommitAsync("affectnet", 0, await dataset.PublishAsync(1, "training"), await dataset.PublishAsync(2, "test"));

    private async Task<string> PageAsync(Manifest manifest, bool withPictures, string path = Hostile)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var facts = await DatasetFacts.ReadAsync(dataset.Root.Store, manifest.Content, null, cancellation);
        var quarantine = await QuarantineExamples.ReadAsync(dataset.Root.Store, manifest.Content, cancellation);
        var face = new FaceKey("training", path, 0);
        quarantine = quarantine with { Rows = [.. quarantine.Rows, new(face, RejectCode.SlotOutside, path)] };
        DuplicateFaces[] groups = [new([face, face with { List = "test" }], true), new([face, face with { FaceIndex = 1 }], false)];
        return new DatasetReport(
            manifest, facts, quarantine, await GenerationChange.FindAsync(dataset.Root.Store, manifest, cancellation),
            new("affectnet", 1, 4, 16, groups), withPictures ? await PicturesAsync(manifest, face) : null).ToPage().ToString();
    }

    private async Task<DatasetPictures> PicturesAsync(Manifest manifest, FaceKey face)
    {
        if (manifest.Content.Shards is not [_, var last]) return new([], new Dictionary<FaceKey, byte[]>(), []);
        var row = (await PublishedFile.OpenShardAsync(dataset.Root.Store, last)).Rows().First() with { Key = face };
        return new([new(row, Pixels, Pixels)], new Dictionary<FaceKey, byte[]> { [face] = Pixels }, []);
    }
}
