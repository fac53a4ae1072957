using EyeSlots.Core;
using EyeSlots.Core.Storage;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Jobs;

/// <summary>A run that ends early leaves nothing half-written, and the next one goes on where it stopped.</summary>
public sealed class InterruptedRunTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Run_AnImageThatChangesOrGoesMeanwhile_CommitsNothing(bool goes, bool hash)
    {
        using var job = Job.Draw();
        const string image = "Manually_Annotated_Images/1/7.jpg";
        var reads = 0;
        job.Images = store => new Before(store, key =>
        {
            // Hashing reads each image once while the plan is made.
            if (key != image || Interlocked.Increment(ref reads) != (hash ? 2 : 1)) return;
            if (goes) File.Delete(job.Input.At(image));
            else job.Input.Write(image, DrawnPhotographs.Jpeg(9_999));
        });
        var error = await Assert.ThrowsAsync<EyeSlotsException>(() => job.RunAsync(options => options with { HashImages = hash }, workers: 1));
        Assert.Equal(ErrorCodes.ImageChanged, error.Code);
        Assert.Contains(image, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(job.Output.Files().Keys, key => !key.StartsWith("shards/", StringComparison.Ordinal));

        var published = job.Output.Files().Count;
        var again = await job.RunAsync(options => options with { HashImages = hash });
        Assert.True(again.Committed);
        Assert.Equal((goes ? 59 : 60, published), (again.Rows, again.ShardsKept));
        Assert.Empty(await job.VerifyAsync());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public async Task Run_Cancelled_LeavesNoTemporaryFileAndTheNextGoesOn(int publications)
    {
        using var undisturbed = Job.Draw(lists: 6, faces: 5);
        using var job = Job.Draw(lists: 6, faces: 5);
        await undisturbed.RunAsync(options => options with { HashImages = true });
        using var stop = new CancellationTokenSource();
        var published = 0;
        job.Root = store => new Before(store, _ =>
        {
            if (Interlocked.Increment(ref published) == publications) stop.Cancel();
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => job.RunAsync(options => options with { HashImages = true }, cancellation: stop.Token));
        Assert.All(job.Output.Files().Keys, key => Assert.Matches("^shards/[0-9a-f]{64}[.]parquet$", key));

        job.Root = store => store;
        var kept = job.Output.Files().Count;
        var again = await job.RunAsync(options => options with { HashImages = true });
        Assert.Equal((kept, 6 - kept, true), (again.ShardsKept, again.ShardsMade, again.Committed));
        Assert.Equal(undisturbed.Published(), job.Published());
    }

    [Fact]
    public async Task Run_ARootThatTakesNoPlan_PublishesNothing()
    {
        using var job = Job.Draw(lists: 6, faces: 5);
        job.Root = store => new Before(store, key =>
        {
            if (key.StartsWith("plans/", StringComparison.Ordinal)) throw new StorageException("It may not be written.");
        });
        Assert.Equal("It may not be written.", (await Assert.ThrowsAsync<StorageException>(() => job.RunAsync())).Message);
        Assert.Empty(job.Output.Files());
    }

    [Fact]
    public async Task Run_AStoreThatFails_EndsWithItsErrorAndCommitsNothing()
    {
        using var job = Job.Draw(lists: 6, faces: 5);
        var published = 0;
        job.Root = store => new Before(store, key =>
        {
            if (key.StartsWith("shards/", StringComparison.Ordinal) && Interlocked.Increment(ref published) == 3) throw new StorageException("The disk is full.");
        });
        Assert.Equal("The disk is full.", (await Assert.ThrowsAsync<StorageException>(() => job.RunAsync())).Message);
        Assert.All(job.Output.Files().Keys, key => Assert.StartsWith("shards/", key, StringComparison.Ordinal));
        job.Root = store => store;
        Assert.True((await job.RunAsync()).Committed);
        Assert.Empty(await job.VerifyAsync());
    }

    [Fact]
    public async Task Run_AnotherRunCommittedOtherContentMeanwhile_IsSuperseded()
    {
        using var job = Job.Draw();
        await job.RunAsync();
        var once = 0;
        job.Input.Write("Manually_Annotated_Images/0/0.jpg", DrawnPhotographs.Jpeg(5_555));
        job.Images = store => new Before(store, _ =>
        {
            if (Interlocked.Exchange(ref once, 1) != 0) return;
            var first = job.Manifests.LatestAsync("faces").GetAwaiter().GetResult()!;
            var content = first.Content with { Shards = [first.Content.Shards[0]] };
            job.Manifests.CommitAsync(first with { Content = content }, first).GetAwaiter().GetResult();
        });
        var error = await Assert.ThrowsAsync<EyeSlotsException>(() => job.RunAsync());
        Assert.Equal(ErrorCodes.Superseded, error.Code);
        job.Images = store => store;
        var again = await job.RunAsync();
        Assert.Equal((3, 0, 3), (again.Generation!.Value, again.ShardsMade, again.ShardsKept));
    }

    private sealed class Before(IObjectStore inner, Action<string> act) : WrappedStore(inner)
    {
        public override ValueTask<ReadOutcome> ReadAsync(
            string key, ObjectStat? expected, ByteBuffer buffer, long maxBytes, CancellationToken cancellation = default)
        {
            if (key.EndsWith(".jpg", StringComparison.Ordinal)) act(key);
            return base.ReadAsync(key, expected, buffer, maxBytes, cancellation);
        }

        public override Task<bool> PublishAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellation = default)
        {
            act(key);
            return base.PublishAsync(key, content, cancellation);
        }
    }
}
