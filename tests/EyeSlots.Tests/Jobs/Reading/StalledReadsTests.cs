using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;
using EyeSlots.Preprocessing.Jobs;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Jobs.Reading;

/// <summary>A worker that cuts 750 faces a second, beside a server 30 ms away that stalls every 200th read for two seconds: simulated, without a clock.</summary>
public sealed class StalledReadsTests : IDisposable
{
    private const double CutSeconds = 1 / 750.0, ReadSeconds = 0.03, StallSeconds = 2;
    private const int Faces = 12_000, FacesOfAStall = 1500, StallEach = 200;
    private readonly SemaphoreSlim oneLarge = new(1);

    public void Dispose() => oneLarge.Dispose();

    [Theory]
    [InlineData(385)]
    [InlineData(576)]
    [InlineData(768)]
    public async Task Worker_BesideStalledReads_WaitsForItsFirstReadAlone(int facesOfSlice)
    {
        var store = new TimedStore();
        await using var images = new ImagesAhead(Slices(facesOfSlice), new(store), new(128 << 20), oneLarge, (image, _) => image.Size, CancellationToken.None);
        var first = images.TakePathAsync();
        await store.Asked.WaitAsync(TimeSpan.FromMinutes(1));
        var waited = store.EndDue();
        Assert.NotNull(await first);
        for (var cut = 1; cut < Faces - FacesOfAStall; cut++)
        {
            store.Now += CutSeconds;
            waited += store.EndDue();
            Assert.NotNull(await images.TakePathAsync());
        }

        Assert.Equal(ReadSeconds, waited, 6);
        store.EndAll();
        for (var cut = Faces - FacesOfAStall; cut < Faces; cut++) Assert.NotNull(await images.TakePathAsync());
        Assert.Null(await images.TakePathAsync());
    }

    private static IEnumerable<GivenCuts> Slices(int faces)
    {
        for (var start = 0; start < Faces; start += faces)
            yield return new([.. Enumerable.Range(start, Math.Min(faces, Faces - start)).Select(face => AheadScene.Face(new ImageIdentity($"{face}", 1000, "1")))]);
    }

    /// <summary>Reads end by a clock that the test moves.</summary>
    private sealed class TimedStore() : WrappedStore(new MemoryStore("/mnt/images"))
    {
        private readonly PriorityQueue<TaskCompletionSource, double> running = new();
        private readonly TaskCompletionSource many = new();
        private int asked;
        private int ready;
        private bool over;

        public override bool AnswersAtOnce => false;

        public double Now { get; set; }

        /// <summary>Ends when as many reads were asked for as a worker asks for at once.</summary>
        public Task Asked => many.Task;

        /// <summary>Ends all reads whose time has come, for one to be taken; where there is none, waits for the next and says how long.</summary>
        public double EndDue()
        {
            var (before, after) = (Now, Now);
            if (ready == 0 && running.TryPeek(out _, out var next)) after = Math.Max(Now, next);
            for (Now = after; running.TryPeek(out var read, out var due) && due <= Now; ready++)
            {
                running.Dequeue();
                read.SetResult();
            }

            ready--;
            return after - before;
        }

        /// <summary>Ends all reads, those too that are asked for later.</summary>
        public void EndAll()
        {
            over = true;
            while (running.TryDequeue(out var read, out _)) read.SetResult();
        }

        public override async ValueTask<ReadOutcome> ReadAsync(
            string key, ObjectStat? expected, ByteBuffer buffer, long maxBytes, CancellationToken cancellation = default)
        {
            var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (over) end.SetResult();
            else running.Enqueue(end, Now + (++asked % StallEach == 0 ? StallSeconds : ReadSeconds));
            if (asked == 64) many.TrySetResult();
            await end.Task.WaitAsync(cancellation);
            buffer.Reset((int)expected!.Value.Size);
            return ReadOutcome.Read;
        }
    }
}
