using EyeSlots.Core.Storage;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Jobs;

/// <summary>Shards do not depend on workers, folders or the way images are read.</summary>
public sealed class SameBytesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Run_AnyNumberOfWorkers_GivesTheSameTree(int workers)
    {
        using var job = Job.Draw(lists: 8, faces: 7);
        await job.RunAsync(workers: 3);
        var first = job.Published();
        foreach (var file in first.Keys) File.Delete(job.Output.At(file));
        var again = await job.RunAsync(workers: workers);
        Assert.Equal((8, false), (again.ShardsMade, again.Committed));
        Assert.Equal(first, job.Published());
    }

    [Fact]
    public async Task Run_WorkersShareTheFacesOfOneSlice_GivesWhatOneWorkerGives()
    {
        using var job = Job.Draw(lists: 1, faces: 70);
        for (var face = 0; face < 40; face++) job.Row("list00", ListText.Row("0/3.jpg", Job.Landmarks(face)));
        job.Row("list00", ListText.Row("0/none.jpg", Job.Landmarks(1)));
        var alone = await job.RunAsync(workers: 1);
        var expected = job.Published();
        foreach (var file in expected.Keys) File.Delete(job.Output.At(file));
        var together = await job.RunAsync(workers: 4);
        Assert.Equal(expected, job.Published());
        Assert.Equal((alone.Rows, alone.BytesRead, alone.BytesThere), (together.Rows, together.BytesRead, together.BytesThere));
    }

    [Fact]
    public async Task Run_FoldersWithOtherNames_GiveTheSameTree()
    {
        using var one = Job.Draw();
        using var other = Job.Draw();
        foreach (var file in new[] { one, other }.SelectMany(job => job.Input.Files().Keys.Select(job.Input.At)))
        {
            File.SetLastWriteTimeUtc(file, new(2024, 2, 29, 12, 0, 0, DateTimeKind.Utc));
        }

        await one.RunAsync();
        await other.RunAsync();
        Assert.Equal(one.Published(), other.Published());
    }

    [Fact]
    public async Task Run_WithHashImages_GivesTheSameTreeWhateverTheTimes()
    {
        using var one = Job.Draw();
        using var other = Job.Draw();
        await one.RunAsync(options => options with { HashImages = true });
        await other.RunAsync(options => options with { HashImages = true });
        Assert.Equal(one.Published(), other.Published());
        var hashed = await other.RowsAsync();
        await other.RunAsync();
        Assert.Equal(hashed.Select(row => row.Slot.ToArray()), (await other.RowsAsync()).Select(row => row.Slot.ToArray()));
    }

    [Fact]
    public async Task Run_ReadingManyAhead_GivesTheSameTree()
    {
        using var job = Job.Draw(lists: 4, faces: 25);
        job.Input.Write("Manually_Annotated_Images/0/3.jpg", Padded(DrawnPhotographs.Jpeg(3), 3 << 20));
        job.Input.Write("Manually_Annotated_Images/0/4.jpg", Padded(DrawnPhotographs.Jpeg(4), 17 << 20));
        for (var face = 0; face < 3; face++) job.Row("list00", ListText.Row("0/4.jpg", Job.Landmarks(face)));
        await job.RunAsync();
        var first = job.Published();
        foreach (var file in first.Keys) File.Delete(job.Output.At(file));
        job.Images = store => new Ahead(store);
        await job.RunAsync();
        Assert.Equal(first, job.Published());
    }

    // What stands behind the end of a JPEG is never looked at.
    private static byte[] Padded(byte[] jpeg, int length) => [.. jpeg, .. new byte[length - jpeg.Length]];

    private sealed class Ahead(IObjectStore inner) : WrappedStore(inner)
    {
        public override int ReadsAtOnce => 16;

        public override bool AnswersAtOnce => false;

        public override async ValueTask<ReadOutcome> ReadAsync(
            string key, ObjectStat? expected, ByteBuffer buffer, long maxBytes, CancellationToken cancellation = default)
        {
            await Task.Delay(1, cancellation);
            return await base.ReadAsync(key, expected, buffer, maxBytes, cancellation);
        }
    }
}
