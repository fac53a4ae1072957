using EyeSlots.Core.Manifests;
using EyeSlots.Core.Storage;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Jobs;

/// <summary>gc without any grace, again and again, beside running jobs.</summary>
public sealed class GarbageBesideJobTests
{
    [Fact]
    public async Task Collect_BesideARunningJob_DeletesNothingThatItNeeds()
    {
        using var job = Job.Draw(lists: 10, faces: 4);
        await job.RunAsync(options => options with { Dataset = "other" });
        var other = await job.Manifests.LoadAsync("other", null);
        job.Images = store => new Slow(store);
        job.Root = store => new Slow(store);
        for (var round = 0; round < LongRun.Count(3, 40); round++)
        {
            // Half of the shards are made, half are kept from the generation before or from the other dataset.
            for (var list = 0; list < 5; list++) job.Input.Write($"Manually_Annotated_Images/{list}/0.jpg", DrawnPhotographs.Jpeg(10_000 + round));
            using var stop = new CancellationTokenSource();
            var collecting = Task.Run(() => CollectAsync(job, stop.Token));
            await job.RunAsync();
            await stop.CancelAsync();
            Assert.True(await collecting > 0);
            Assert.Empty(await job.VerifyAsync());
            Assert.Empty(await job.VerifyAsync("other"));
        }

        Assert.Equal(other.Generation, (await job.Manifests.LoadAsync("other", null)).Generation);
        await new GarbageCollector(job.Output.Store, TimeProvider.System).CollectAsync(1, TimeSpan.Zero, true, CancellationToken.None);
        Assert.Equal(10 + 5 + 2, job.Output.Files().Values.Count(file => file.Length > 0));
    }

    private static async Task<int> CollectAsync(Job job, CancellationToken stop)
    {
        var runs = 0;
        for (; !stop.IsCancellationRequested; runs++)
        {
            await new GarbageCollector(job.Output.Store, TimeProvider.System).CollectAsync(1, TimeSpan.Zero, true, CancellationToken.None);
        }

        return runs;
    }

    private sealed class Slow(IObjectStore inner) : WrappedStore(inner)
    {
        public override async ValueTask<ReadOutcome> ReadAsync(
            string key, ObjectStat? expected, ByteBuffer buffer, long maxBytes, CancellationToken cancellation = default)
        {
            await Task.Delay(2, cancellation);
            return await base.ReadAsync(key, expected, buffer, maxBytes, cancellation);
        }

        public override async Task<bool> PublishAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellation = default)
        {
            var published = await base.PublishAsync(key, content, cancellation);
            await Task.Delay(10, cancellation);
            return published;
        }
    }
}
