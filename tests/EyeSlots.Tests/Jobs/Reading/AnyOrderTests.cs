using EyeSlots.Core;
using EyeSlots.Core.Storage;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Jobs.Reading;

/// <summary>The job on a distant store whose reads end in any order: the same shards and quarantine files as in order, and nothing where one fails.</summary>
public sealed class AnyOrderTests : IDisposable
{
    private readonly Job job = Draw();

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, LongRun.Count(3, 60))];

    public void Dispose() => job.Dispose();

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Run_ReadsEndInAnyOrder_GivesTheBytesOfReadsInOrder(int seed)
    {
        var inOrder = await job.RunAsync(workers: 1);
        var expected = job.Published();
        foreach (var file in expected.Keys) File.Delete(job.Output.At(file));
        var distant = new Shuffled(job.Input.Store, seed);
        job.Images = _ => distant;
        var anyOrder = await job.RunAsync(workers: 1 + (seed % 3));
        Assert.Equal(expected, job.Published());
        Assert.Equal((inOrder.Rows, inOrder.BytesThere), (anyOrder.Rows, anyOrder.BytesThere));
        Assert.NotEqual(distant.Asked, distant.Ended);
        Assert.Equal(distant.Asked.Count, distant.Asked.Distinct().Count());
    }

    [Fact]
    public async Task Run_AnImageChanged_IsImageChangedAndCommitsNothing()
    {
        job.Images = store => new Shuffled(store, 7) { Outcome = key => key.EndsWith("1/8.jpg", StringComparison.Ordinal) ? ReadOutcome.Changed : null };
        var refused = await Assert.ThrowsAsync<EyeSlotsException>(() => job.RunAsync());
        Assert.Equal(ErrorCodes.ImageChanged, refused.Code);
        Assert.StartsWith("Manually_Annotated_Images/1/8.jpg: the image changed", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(job.Output.Files().Keys, key => key.StartsWith("manifests", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_TheStoreFails_EndsAllReadsAndCommitsNothing()
    {
        var distant = new Shuffled(job.Input.Store, 8) { Outcome = key => key.EndsWith("2/3.jpg", StringComparison.Ordinal) ? throw new StorageException("It broke.") : null };
        job.Images = _ => distant;
        Assert.Equal("It broke.", (await Assert.ThrowsAsync<StorageException>(() => job.RunAsync())).Message);
        Assert.Equal(0, distant.Running);
        Assert.DoesNotContain(job.Output.Files().Keys, key => key.StartsWith("manifests", StringComparison.Ordinal));
    }

    // Rejects of every kind that a read decides, an image of several faces, and one too large to be read beside others.
    private static Job Draw()
    {
        var job = Job.Draw(lists: 5, faces: 30);
        for (var face = 0; face < 4; face++) job.Row("list01", ListText.Row("1/3.jpg", Job.Landmarks(face)));
        job.Row("list02", ListText.Row("2/none.jpg", Job.Landmarks(1)));
        job.Input.Write("Manually_Annotated_Images/3/1.jpg", []);
        job.Input.Write("Manually_Annotated_Images/3/2.jpg", DrawnPhotographs.Jpeg(302)[..400]);
        job.Input.Write("Manually_Annotated_Images/4/5.jpg", [.. DrawnPhotographs.Jpeg(405), .. new byte[17 << 20]]);
        return job;
    }

    /// <summary>Each read waits for others for a while that the seed decides.</summary>
    private sealed class Shuffled(IObjectStore inner, int seed) : WrappedStore(inner)
    {
        private readonly Lock gate = new();
        private int running;

        public override bool AnswersAtOnce => false;

        public List<string> Asked { get; } = [];

        public List<string> Ended { get; } = [];

        public int Running => Volatile.Read(ref running);

        /// <summary>What becomes of a read, where the store does not say it.</summary>
        public Func<string, ReadOutcome?> Outcome { get; init; } = _ => null;

        public override ValueTask<ReadOutcome> ReadAsync(
            string key, ObjectStat? expected, ByteBuffer buffer, long maxBytes, CancellationToken cancellation = default) =>
            LaterAsync(key, key, () => base.ReadAsync(key, expected, buffer, maxBytes, cancellation));

        public override ValueTask<ReadOutcome> ReadStartAsync(
            string key, ObjectStat expected, ByteBuffer buffer, int bytes, CancellationToken cancellation = default) =>
            LaterAsync(key, key, () => base.ReadStartAsync(key, expected, buffer, bytes, cancellation));

        public override ValueTask<ReadOutcome> ReadRestAsync(string key, ObjectStat expected, ByteBuffer buffer, CancellationToken cancellation = default) =>
            LaterAsync(key, key + " rest", () => base.ReadRestAsync(key, expected, buffer, cancellation));

        private async ValueTask<ReadOutcome> LaterAsync(string key, string read, Func<ValueTask<ReadOutcome>> how)
        {
            int turns;
            Interlocked.Increment(ref running);
            lock (gate)
            {
                Asked.Add(read);
                turns = new Random(seed + Asked.Count).Next(100);
            }

            try
            {
                for (var turn = 0; turn < turns; turn++) await Task.Yield();
                lock (gate) Ended.Add(read);
                return Outcome(key) ?? await how();
            }
            finally
            {
                Interlocked.Decrement(ref running);
            }
        }
    }
}
