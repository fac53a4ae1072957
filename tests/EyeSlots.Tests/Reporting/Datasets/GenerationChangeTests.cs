using EyeSlots.Core.Manifests;
using EyeSlots.Reporting.Datasets;
using EyeSlots.Tests.Manifests;

namespace EyeSlots.Tests.Reporting.Datasets;

/// <summary>What a page says of the generation before.</summary>
public sealed class GenerationChangeTests : IDisposable
{
    private readonly Dataset dataset = new();

    public void Dispose() => dataset.Dispose();

    [Fact]
    public async Task First_HasNoneBefore() => Assert.Null(await FindAsync(await dataset.CommitAsync("affectnet", 0, Dataset.Named(1))));

    [Fact]
    public async Task Change_IsSaidByListAndByCode()
    {
        await dataset.CommitAsync("affectnet", 0, Dataset.Named(10), Dataset.Named(20, rejected: 2) with { List = "test" });
        var change = await FindAsync(await dataset.CommitAsync("affectnet", 1, Dataset.Named(10), Dataset.Named(30, rejected: 5) with { List = "test" }, Dataset.Named(40) with { List = "validation" }));
        Assert.Equal((1, 2, 1, 1), (change!.Before, change.Diff.Added.Count, change.Diff.Removed.Count, change.Diff.Kept));
        Assert.Equal(["test: 12 to 15", "validation: 0 to 10"], change.Lists().Select(list => $"{list.List}: {list.Before.Faces} to {list.Now.Faces}"));
        Assert.Equal(("image-empty", 2, 5), Assert.Single(change.Codes()));
        Assert.Empty(change.Parameters());
    }

    [Fact]
    public async Task ChangedParameters_AreNamedWithBothValues()
    {
        await dataset.CommitAsync("affectnet", 0, Dataset.Named(10));
        await dataset.CommitAsync("affectnet", 1, Dataset.Named(20));
        await dataset.EditAsync("affectnet", 1, manifest => manifest["content"]!["parameters"]!["growX"] = 0.2);
        var change = await FindAsync(await dataset.Manifests.LoadAsync("affectnet", 2));
        Assert.Equal(("growX", "0.2", "0.1"), Assert.Single(change!.Parameters()));
    }

    [Fact]
    public async Task GenerationsThatWereGivenUp_ArePassedOver()
    {
        for (var generation = 0; generation < 4; generation++) await dataset.CommitAsync("affectnet", generation, Dataset.Named((generation + 1) * 10));
        dataset.Root.Write(Manifest.Key("affectnet", 3), "");
        dataset.Root.Write(Manifest.Key("affectnet", 1), "");
        Assert.Equal(2, (await FindAsync(await dataset.Manifests.LoadAsync("affectnet", 4)))!.Before);
        Assert.Null(await FindAsync(await dataset.Manifests.LoadAsync("affectnet", 2)));
    }

    private Task<GenerationChange?> FindAsync(Manifest manifest) => GenerationChange.FindAsync(dataset.Root.Store, manifest, TestContext.Current.CancellationToken);
}
