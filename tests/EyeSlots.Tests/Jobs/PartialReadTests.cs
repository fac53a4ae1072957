using EyeSlots.Core;
using EyeSlots.Core.Storage;
using EyeSlots.Preprocessing.Jobs;
using EyeSlots.Tests.Cropping;
using EyeSlots.Tests.Decoding;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Jobs;

/// <summary>A job on a store that is far away reads first what slots are likely to need; its shards are those of whole reads.</summary>
public sealed class PartialReadTests : IDisposable
{
    private const int Side = 400;
    private readonly Job job = new();

    public void Dispose() => job.Dispose();

    [Fact]
    public async Task Run_PhotographsOfAllKinds_GivesTheShardsOfWholeReads_AndReadsLess()
    {
        Draw(60);
        var whole = await job.RunAsync(options => options with { MaxRejected = 1 });
        var (shards, far) = (job.Published(), await FarAsync());
        Assert.Equal(shards, job.Published());
        Assert.Equal((whole.BytesThere, whole.BytesThere, whole.Rows), (whole.BytesRead, far.BytesThere, far.Rows));
        Assert.InRange(far.BytesRead, 0.4 * far.BytesThere, 0.9 * far.BytesThere);
        Assert.True(far.Rejected.Values.Sum() > 5, "There was nothing damaged to be rejected.");

        var asked = await FarAsync(options => options with { WholeObjects = true });
        Assert.Equal(shards, job.Published());
        Assert.Equal(asked.BytesThere, asked.BytesRead);
    }

    [Fact]
    public async Task Run_FacesOfOnePhotograph_ReadItOnceForTheOneThatNeedsMost()
    {
        using var image = Photographs.Cut(Side, Side, 5);
        var file = Photographs.Jpeg(image);
        job.Input.Write("Manually_Annotated_Images/group.jpg", file);
        foreach (var y in (int[])[60, 180, 90, 370]) job.Row("list", ListText.Row("group.jpg", ListText.Landmarks(Geometry.DrawnEyes.At(150, y, 50, 0))));
        await job.RunAsync();
        var shards = job.Published();
        var far = await FarAsync();
        Assert.Equal(shards, job.Published());
        Assert.Equal((file.Length, file.Length), (far.BytesThere, far.BytesRead));
    }

    [Fact]
    public async Task Run_WithHashImages_ReadsAll()
    {
        Draw(6);
        var far = await FarAsync(options => options with { HashImages = true });
        Assert.Equal(far.BytesThere, far.BytesRead);
    }

    [Fact]
    public async Task Run_ImageReplacedBetweenItsStartAndTheRest_IsImageChanged()
    {
        using var image = Photographs.Cut(Side, Side, 5);
        job.Input.Write("Manually_Annotated_Images/a.jpg", Photographs.Jpeg(image, progressive: true));
        job.Row("list", ListText.Row("a.jpg", Eyes(0)));
        job.Images = store => new Far(store) { BeforeRest = key => File.SetLastWriteTimeUtc(job.Input.At(key), DateTime.UnixEpoch) };
        var error = await Assert.ThrowsAsync<EyeSlotsException>(() => job.RunAsync());
        Assert.Equal(ErrorCodes.ImageChanged, error.Code);
        Assert.Contains("a.jpg", error.Message);
    }

    private async Task<PreprocessSummary> FarAsync(Func<PreprocessOptions, PreprocessOptions>? change = null)
    {
        foreach (var file in job.Published().Keys) File.Delete(job.Output.At(file));
        job.Images = store => new Far(store);
        return await job.RunAsync(options => (change?.Invoke(options) ?? options) with { MaxRejected = 1 });
    }

    // Most are sound; the others are cut, damaged, of several scans, or no JPEG.
    private void Draw(int count)
    {
        for (var seed = 0; seed < count; seed++)
        {
            using var image = Photographs.Cut(Side, Side, seed);
            var file = seed % 10 == 7 ? Photographs.Encode(image, ".png") : Photographs.Jpeg(image, (Sampling)Enum.GetValues<Sampling>().GetValue(seed % 5)!, progressive: seed % 10 == 8, restart: seed % 3);
            if (seed % 3 == 1) file = StartKinds.Damaged(file, new Random(seed));
            job.Input.Write($"Manually_Annotated_Images/{seed}.jpg", file);
            job.Row($"list{seed % 2}", ListText.Row($"{seed}.jpg", Eyes(seed)));
        }
    }

    private static string Eyes(int seed) => ListText.Landmarks(Geometry.DrawnEyes.At(200, 150 + (10 * (seed % 6)), 110, (seed % 9) - 4));

    /// <summary>A folder that is read as if it were far away.</summary>
    private sealed class Far(IObjectStore inner) : WrappedStore(inner)
    {
        public override bool AnswersAtOnce => false;

        public Action<string>? BeforeRest { get; init; }

        public override ValueTask<ReadOutcome> ReadRestAsync(string key, ObjectStat expected, ByteBuffer buffer, CancellationToken cancellation = default)
        {
            BeforeRest?.Invoke(key);
            return base.ReadRestAsync(key, expected, buffer, cancellation);
        }
    }
}
