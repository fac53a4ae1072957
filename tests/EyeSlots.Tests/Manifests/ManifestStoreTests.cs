using EyeSlots.Core;
using EyeSlots.Core.Manifests;
using EyeSlots.Core.Planning;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Manifests;

/// <summary>Generations: one after the other, never two of one number, never one without a change.</summary>
public sealed class ManifestStoreTests
{
    [Fact]
    public async Task Commit_OfEqualContent_WritesNothingAndEndsWell()
    {
        using var folder = new TempFolder();
        var store = new ManifestStore(folder.Store);
        Assert.Equal(new(1, true), await store.CommitAsync(Candidate(90), 0));
        var later = Candidate(90) with { Run = new("spark", 7, 7, DateTimeOffset.UnixEpoch, 9, "other") };
        Assert.Equal(new(1, false), await store.CommitAsync(later, 1));
        Assert.Equal(new(1, false), await store.CommitAsync(later, 0));
        Assert.Equal([1], await store.GenerationsAsync("d"));
    }

    [Fact]
    public async Task Commit_OnWhatIsNoLongerTheNewest_IsSuperseded()
    {
        using var folder = new TempFolder();
        var store = new ManifestStore(folder.Store);
        await store.CommitAsync(Candidate(90), 0);
        await store.CommitAsync(Candidate(91), 1);
        Assert.Equal(ErrorCodes.Superseded, (await Assert.ThrowsAsync<EyeSlotsException>(() => store.CommitAsync(Candidate(92), 1))).Code);
        Assert.Equal([1, 2], await store.GenerationsAsync("d"));
    }

    [Fact]
    public async Task Load_RoundTripsAndNamesWhatIsThere()
    {
        using var folder = new TempFolder();
        var store = new ManifestStore(folder.Store);
        await store.CommitAsync(Candidate(90), 0);
        Assert.True((await store.LoadAsync("d", 1)).HasSameContent(Candidate(90)));
        var error = await Assert.ThrowsAsync<EyeSlotsException>(() => store.LoadAsync("e", null));
        Assert.Contains("Datasets there: d.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Diff_CountsWhatChanged()
    {
        var (a, b) = (Candidate(90, "1", "2"), Candidate(90, "2", "3", "4"));
        var diff = ManifestDiff.Between(a, b);
        Assert.Equal((2, 1, 1, 1L, true), (diff.Added.Count, diff.Removed.Count, diff.Kept, diff.Faces, diff.SameParameters));
        Assert.False(ManifestDiff.Between(a, Candidate(91, "1", "2")).SameParameters);
    }

    private static Manifest Candidate(int quality, params string[] shards) => new("d", 0, ManifestContent.Of(
        new() { Quality = quality }, [.. shards.Select(name => new ShardResult
        {
            Fingerprint = name, List = "l", Faces = 1, Rows = 1, Rejected = 0, RejectedByCode = new Dictionary<string, int>(), Bytes = 1, Sha256 = "", FaceKeysSha256 = "",
        })]), new("local", 0, 0, DateTimeOffset.UnixEpoch, 0, ""));
}
