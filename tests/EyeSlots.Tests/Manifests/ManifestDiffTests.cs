using EyeSlots.Core.Manifests;
using EyeSlots.Core.Planning;

namespace EyeSlots.Tests.Manifests;

/// <summary>What changed between two generations.</summary>
public sealed class ManifestDiffTests
{
    [Fact]
    public void Between_TwoGenerations_NamesWhatCameAndWent()
    {
        var old = Dataset.Candidate("a", [Dataset.Named(1), Dataset.Named(2), Dataset.Named(3)]);
        var to = Dataset.Candidate("a", [Dataset.Named(2), Dataset.Named(4, rejected: 5)]);
        var diff = ManifestDiff.Between(old, to);
        Assert.Equal([Dataset.Fingerprint(4)], diff.Added.Select(shard => shard.Fingerprint));
        Assert.Equal([Dataset.Fingerprint(1), Dataset.Fingerprint(3)], diff.Removed.Select(shard => shard.Fingerprint));
        Assert.Equal((1, -5, -10, 5, true), (diff.Kept, diff.Faces, diff.Rows, diff.Rejected, diff.SameParameters));
    }

    [Fact]
    public void Between_OtherParameters_SaysSo()
    {
        var old = Dataset.Candidate("a", [Dataset.Named(1)]);
        var to = old with { Content = ManifestContent.Of(new JobParameters { Quality = 90 }, old.Content.Shards) };
        Assert.False(ManifestDiff.Between(old, to).SameParameters);
        Assert.False(old.HasSameContent(to));
        Assert.True(ManifestDiff.Between(old, Manifest.Parse(old.ToBytes())).SameParameters);
    }
}
