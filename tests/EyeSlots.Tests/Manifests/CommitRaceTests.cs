using EyeSlots.Core;
using EyeSlots.Core.Manifests;

namespace EyeSlots.Tests.Manifests;

/// <summary>Two commits that start together: one generation, and a loser that ends well or with superseded.</summary>
public sealed class CommitRaceTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Commit_TwoTogether_MakesOneGenerationEach(bool equal)
    {
        using var dataset = new Dataset();
        var started = 0;
        for (var race = 1; race <= LongRun.Count(50, 1_000); race++)
        {
            var contents = new[] { Dataset.Named(2 * race), Dataset.Named((2 * race) + (equal ? 0 : 1)) };
            using var gun = new Barrier(2);
            var ends = await Task.WhenAll(contents.Select(shard => Task.Factory.StartNew(
                () => Commit(dataset, shard, started, gun), TaskCreationOptions.LongRunning)));

            Assert.Equal(race, (await dataset.Manifests.GenerationsAsync("a")).Count);
            Assert.Single(ends, end => end is { Committed: true, Generation: var generation } && generation == race);
            var loser = Assert.Single(ends, end => end is not { Committed: true });
            Assert.Equal(equal ? new CommitResult(race, false) : null, loser);
            started = race;
        }

        Assert.DoesNotContain(dataset.Root.Files().Keys, key => key.EndsWith(".tmp", StringComparison.Ordinal));
    }

    /// <summary>Null when superseded.</summary>
    private static CommitResult? Commit(Dataset dataset, Core.Planning.ShardResult shard, int startedFrom, Barrier gun)
    {
        var before = startedFrom == 0 ? null : dataset.Manifests.LoadAsync("a", startedFrom).GetAwaiter().GetResult();
        gun.SignalAndWait();
        try
        {
            return dataset.Manifests.CommitAsync(Dataset.Candidate("a", [shard]), before).GetAwaiter().GetResult();
        }
        catch (EyeSlotsException error) when (error.Code == ErrorCodes.Superseded)
        {
            return null;
        }
    }
}
