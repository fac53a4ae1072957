using System.Collections.Concurrent;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;
using EyeSlots.Preprocessing.Decoding;
using EyeSlots.Preprocessing.Jobs;
using EyeSlots.Tests.Tools;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyeSlots.Tests.Jobs;

/// <summary>Images of a folder are cut without ever waiting, so on threads of their own: those of the pool publish.</summary>
public sealed class WorkerThreadsTests : IDisposable
{
    private const int Lists = 12;
    private readonly Job job = Job.Draw(Lists, faces: 5);
    private readonly Watched images;

    public WorkerThreadsTests() => images = new(job.Input.Store);

    public void Dispose() => job.Dispose();

    [Fact]
    public async Task Run_ByTheLocalEngine_CutsOnNoThreadOfThePool()
    {
        job.Images = _ => images;
        await job.RunAsync(workers: 2);
        AssertNoThreadOfThePoolRead();
    }

    /// <summary>As a task of an executor does, on its connection's thread.</summary>
    [Fact]
    public async Task RunAsync_AskedByAThreadThatWaits_CutsOnThatThread()
    {
        await job.RunAsync();
        using var plan = await new Planner(new GivenStores(), job.Input.Store, NullLogger.Instance).PlanAsync(
            AnnotationList.ParseAll(Enumerable.Range(0, Lists).Select(list => job.Input.At($"list{list:D2}.csv"))), new(), false, null, CancellationToken.None);
        using var output = new TempFolder();
        using var gate = new MemoryGate(512L << 20);
        using var shards = new ShardJob(images, output.Store, new(), gate, false, NullLogger.Instance);
        var asking = new Thread(() => Assert.Equal(Lists, shards.RunAsync(plan.Slices.Select(plan.Load), Task.CompletedTask).ToBlockingEnumerable().Count()));
        asking.Start();
        asking.Join();
        AssertNoThreadOfThePoolRead();
        Assert.Single(images.Threads.Distinct());
    }

    private void AssertNoThreadOfThePoolRead()
    {
        Assert.Equal(Lists * 5, images.Threads.Count);
        Assert.All(images.Threads, thread => Assert.False(thread.IsOfPool));
    }

    private sealed class Watched(IObjectStore inner) : WrappedStore(inner)
    {
        public ConcurrentBag<(int Id, bool IsOfPool)> Threads { get; } = [];

        public override ValueTask<ReadOutcome> ReadAsync(string key, ObjectStat? expected, ByteBuffer buffer, long maxBytes, CancellationToken cancellation = default)
        {
            Threads.Add((Environment.CurrentManagedThreadId, Thread.CurrentThread.IsThreadPoolThread));
            return base.ReadAsync(key, expected, buffer, maxBytes, cancellation);
        }
    }
}
