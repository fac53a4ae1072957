using System.Diagnostics;
using Amazon.Runtime;
using Amazon.S3;
using EyeSlots.Core.Storage;
using EyeSlots.Integration.Tests.Storage.Servers;
using EyeSlots.Storage.S3;

namespace EyeSlots.Benchmarks.S3;

/// <summary>
/// What a GET costs this process: by the store, by the AWS SDK, and by HTTP alone, whose requests were signed before. In turns, from a server of
/// this host, sixteen at once. This program is compiled while it runs; the one that users start takes less.
/// </summary>
internal sealed class GetBenchmark(ObjectStoreFactory stores, AmazonS3Client sdk, List<ObjectStat> objects, string[] signed)
{
    private const string Key = "benchmark", Secret = "benchmark-secret", Bucket = "bucket";
    private const int Size = 35_000, AtOnce = 16, Objects = 500, TimesToWarmUp = 2;
    private readonly HttpMessageInvoker http = new(new SocketsHttpHandler { UseProxy = false, ActivityHeadersPropagator = null });
    private readonly byte[][] rooms = [.. Enumerable.Range(0, AtOnce).Select(_ => new byte[Size])];
    private readonly ByteBuffer[] buffers = [.. Enumerable.Range(0, AtOnce).Select(_ => new ByteBuffer())];

    /// <summary>Reads so many objects each way in each turn.</summary>
    public static async Task<int> RunAsync(int count, int turns)
    {
        using var data = new Scratch();
        Directory.CreateDirectory(Path.Combine(data.Folder, Bucket));
        await using var gateway = await Gateway.StartAsync(Key, Secret, data.Folder);
        using var stores = new ObjectStoreFactory(new(gateway.Endpoint.AbsoluteUri, Region: "us-east-1") { Credentials = new(Key, Secret, null) });
        using var sdk = new AmazonS3Client(new BasicAWSCredentials(Key, Secret), new AmazonS3Config
        {
            ServiceURL = gateway.Endpoint.AbsoluteUri, ForcePathStyle = true, AuthenticationRegion = "us-east-1", MaxErrorRetry = 0,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED, ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        });
        var objects = await UploadAsync(stores.Open(StorageAddress.Parse($"s3://{Bucket}")));
        var signed = objects.Select(item => sdk.GetPreSignedURL(new() { BucketName = Bucket, Key = item.Key, Expires = DateTime.UtcNow.AddHours(1), Protocol = Protocol.HTTP }));
        return await new GetBenchmark(stores, sdk, objects, [.. signed]).CompareAsync(count, turns);
    }

    private async Task<int> CompareAsync(int count, int turns)
    {
        var store = stores.Open(StorageAddress.Parse($"s3://{Bucket}"));
        (string Name, Func<int, int, Task> Get)[] ways =
        [
            ("the store", async (item, slot) => Demand(await store.ReadAsync(objects[item].Key, objects[item], buffers[slot], Size) == ReadOutcome.Read)),
            ("the AWS SDK", BySdkAsync),
            ("HTTP alone", ByHttpAsync),
        ];
        var costs = ways.Select(_ => new List<double>()).ToArray();
        for (var turn = -TimesToWarmUp; turn < turns; turn++)
        {
            for (var way = 0; way < ways.Length; way++)
            {
                var cost = await MeasureAsync(ways[way].Get, count);
                if (turn >= 0) costs[way].Add(cost);
            }
        }

        for (var way = 0; way < ways.Length; way++)
            S3Bench.Show($"a GET by {ways[way].Name}", $"{Turns.Median(costs[way]):F1} µs of processor time");
        return 0;
    }

    private async Task BySdkAsync(int item, int slot)
    {
        using var answer = await sdk.GetObjectAsync(new() { BucketName = Bucket, Key = objects[item].Key, EtagToMatch = $"\"{objects[item].Version}\"" });
        await answer.ResponseStream.ReadExactlyAsync(rooms[slot]);
    }

    private async Task ByHttpAsync(int item, int slot)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, signed[item]);
        using var answer = await http.SendAsync(request, CancellationToken.None);
        await (await answer.EnsureSuccessStatusCode().Content.ReadAsStreamAsync()).ReadExactlyAsync(rooms[slot]);
    }

    /// <summary>Microseconds of all processors that a GET took.</summary>
    private static async Task<double> MeasureAsync(Func<int, int, Task> get, int count)
    {
        using var process = Process.GetCurrentProcess();
        var (before, next) = (process.TotalProcessorTime, 0);
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(slot => Task.Run(async () =>
        {
            for (int number; (number = Interlocked.Increment(ref next)) <= count;) await get(number % Objects, slot);
        })));
        process.Refresh();
        return (process.TotalProcessorTime - before).TotalMicroseconds / count;
    }

    private static async Task<List<ObjectStat>> UploadAsync(IObjectStore root)
    {
        var content = new byte[Size];
        new Random(1).NextBytes(content);
        await Parallel.ForEachAsync(Enumerable.Range(0, Objects), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, cancellation) =>
            await root.PublishAsync($"images/{number % 10}/{number}.jpg", content, cancellation));
        List<ObjectStat> objects = [];
        await foreach (var found in root.ListAsync("")) objects.Add(found);
        return objects;
    }

    private static void Demand(bool isRead)
    {
        if (!isRead) throw new InvalidOperationException("An object was not read.");
    }
}
