using System.Collections.Concurrent;
using EyeSlots.Core;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Storage;
using EyeSlots.Integration.Tests.Storage;
using EyeSlots.Integration.Tests.Storage.Servers;
using EyeSlots.Preprocessing.Jobs;
using EyeSlots.Storage.S3;
using EyeSlots.Tests.Decoding;
using EyeSlots.Tests.Geometry;
using EyeSlots.Tests.Tools;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyeSlots.Integration.Tests.Jobs;

/// <summary>The job on a real S3 server reads first what slots are likely to need; a server before it counts what is sent.</summary>
public sealed class PartialReadTests(S3Server s3) : IAsyncLifetime
{
    private const int Side = 400, Photos = 80;
    private readonly string bucket = S3Names.Bucket();
    private readonly Scratch scratch = new();
    private readonly ConcurrentDictionary<string, long> sent = new();
    private readonly Forwarder forwarder = new(s3.Endpoint);
    private readonly List<string> rows = [];

    public async ValueTask InitializeAsync() => await s3.CreateBucketAsync(bucket);

    public ValueTask DisposeAsync()
    {
        forwarder.Dispose();
        scratch.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Run_WithAndWithoutWholeObjects_GivesTheSameShards_AndTheServerSendsLess()
    {
        for (var seed = 0; seed < Photos; seed++) await PutAsync(seed, Draw(seed));
        var (whole, wholeShards) = await RunAsync("whole", options => options with { WholeObjects = true });
        Assert.Equal((whole.BytesThere, whole.BytesThere), (whole.BytesRead, sent.Values.Sum()));
        sent.Clear();
        var (part, shards) = await RunAsync("part", options => options);
        Assert.Equal(wholeShards, shards);
        Assert.Equal((whole.BytesThere, whole.Rows), (part.BytesThere, part.Rows));
        Assert.Equal(sent.Values.Sum(), part.BytesRead);
        Assert.True(sent.Values.Sum() < 0.8 * whole.BytesThere, $"{sent.Values.Sum()} of {whole.BytesThere} bytes were sent.");
        Assert.True(part.Rejected.Values.Sum() > 2, "No damaged photograph was rejected.");
    }

    [Fact]
    public async Task Run_ObjectReplacedBetweenItsStartAndTheRest_IsImageChanged()
    {
        using var image = Photographs.Cut(Side, Side, 3);
        var file = Photographs.Jpeg(image, progressive: true);
        await PutAsync(0, file);
        var error = await Assert.ThrowsAsync<EyeSlotsException>(() => RunAsync("out", options => options, async context =>
        {
            if (!context.Request.Headers.Range.ToString().StartsWith("bytes=0-", StringComparison.Ordinal)) return;
            await s3.Factory.Open(Images()).DeleteAsync("0.jpg");
            file[^1]++;
            await s3.Factory.Open(Images()).PublishAsync("0.jpg", file);
        }));
        Assert.Equal(ErrorCodes.ImageChanged, error.Code);
    }

    private StorageAddress Images() => StorageAddress.Parse($"s3://{bucket}/images");

    // Most are sound; some are cut, damaged, or of several scans.
    private static byte[] Draw(int seed)
    {
        using var image = Photographs.Cut(Side, Side, seed);
        var file = Photographs.Jpeg(image, Enum.GetValues<Sampling>()[seed % 5], progressive: seed % 20 == 9, restart: seed % 3);
        if (seed % 20 == 4) return file[..(file.Length / 3)];
        if (seed % 20 == 14) file.AsSpan(file.Length / 3, 4).Fill(0xD9);
        return seed % 20 == 17 ? file[..(9 * file.Length / 10)] : file;
    }

    private async Task PutAsync(int seed, byte[] file)
    {
        Assert.True(await s3.Factory.Open(Images()).PublishAsync($"{seed}.jpg", file));
        rows.Add(ListText.Row($"{seed}.jpg", ListText.Landmarks(DrawnEyes.At(200, 150 + (5 * (seed % 6)), 110, (seed % 9) - 4))));
    }

    private async Task<(PreprocessSummary Summary, SortedDictionary<string, string> Shards)> RunAsync(
        string to, Func<PreprocessOptions, PreprocessOptions> change, Func<HttpContext, Task>? after = null)
    {
        await using var server = await SmallServer.StartAsync(async context =>
        {
            await forwarder.ForwardAsync(context);
            if (context.Request.Method != "GET" || !context.Request.Path.Value!.EndsWith(".jpg", StringComparison.Ordinal)) return;
            sent.AddOrUpdate(context.Request.Path, context.Response.ContentLength ?? 0, (_, before) => before + (context.Response.ContentLength ?? 0));
            if (after is not null) await after(context);
        });
        using var stores = s3.Connect(server.Endpoint);
        var (list, output) = (scratch["list.csv"], scratch[to]);
        await File.WriteAllTextAsync(list, ListText.List(rows));
        var options = new PreprocessOptions { Lists = AnnotationList.ParseAll([list]), Images = Images(), Output = StorageAddress.Parse(output), Workers = 2, MaxRejected = 1 };
        var summary = await new PreprocessRun(stores, new LocalEngines(stores, NullLogger.Instance), TimeProvider.System, NullLogger.Instance)
            .RunAsync(change(options), null, CancellationToken.None);
        return (summary, Scratch.Tree(output, "shards", "quarantine"));
    }
}
