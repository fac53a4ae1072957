using System.Diagnostics;
using EyeSlots.Core.Storage;
using EyeSlots.Integration.Tests.Storage.Servers;
using EyeSlots.Storage.S3;

namespace EyeSlots.Benchmarks;

/// <summary>
/// Reads alone, from a server of this host and from the same one at a distance, narrow or busy: GETs a second, connections, and what a GET
/// costs this process and the proxy that plays the distance.
/// </summary>
internal static class ReadsBenchmark
{
    private const string Key = "benchmark", Secret = "benchmark-secret", Bucket = "bucket";
    private const int Size = 35_000, Readers = 1024, Few = 16;

    private static readonly (string Name, Distance Distance)[] Places =
    [
        ("beside", new()),
        ("30 ms", new() { Delay = TimeSpan.FromMilliseconds(30) }),
        ("100 ms", new() { Delay = TimeSpan.FromMilliseconds(100) }),
        ("20 MB/s, 30 ms", new() { Delay = TimeSpan.FromMilliseconds(30), BytesPerSecond = 20_000_000 }),
        ("SlowDown 5 %, 30 ms", new() { Delay = TimeSpan.FromMilliseconds(30), SlowDownShare = 0.05 }),
        ("SlowDown 50 %, 30 ms", new() { Delay = TimeSpan.FromMilliseconds(30), SlowDownShare = 0.5 }),
        ("50 connections, 30 ms", new() { Delay = TimeSpan.FromMilliseconds(30), MostConnections = 50 }),
        ("stalls, 30 ms", new() { Delay = TimeSpan.FromMilliseconds(30), StallEvery = 200 }),
    ];

    /// <summary>Reads so many objects in each place.</summary>
    public static async Task<int> RunAsync(int count)
    {
        using var data = new Scratch();
        Directory.CreateDirectory(Path.Combine(data.Folder, Bucket));
        await using var gateway = await Gateway.StartAsync(Key, Secret, data.Folder);
        var objects = await UploadAsync(gateway.Endpoint, count);
        await ReadAsync(gateway.Endpoint, objects, Few);
        foreach (var (name, distance) in Places)
        {
            await using var distant = await DistantProcess.StartAsync(gateway.Endpoint, distance);
            foreach (var readers in (int[])[Few, Readers]) await ShowAsync($"{name}, {readers} readers", distant, objects, readers);
        }

        return 0;
    }

    private static async Task ShowAsync(string title, ServerProcess<DistantCalls> distant, List<ObjectStat> objects, int readers)
    {
        using var own = Process.GetCurrentProcess();
        var (began, client, proxy, before) = (Stopwatch.GetTimestamp(), own.TotalProcessorTime, distant.ProcessorTime, await distant.CallsAsync());
        await ReadAsync(distant.Endpoint, objects, readers);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        own.Refresh();
        var after = await distant.CallsAsync();
        var (mine, its) = ((own.TotalProcessorTime - client) / objects.Count, (distant.ProcessorTime - proxy) / objects.Count);
        Console.WriteLine(FormattableString.Invariant(
            $"{title,-36} {objects.Count / seconds,7:F0} GETs/s; {after.Images - before.Images} GETs, {after.Connections - before.Connections} connections, at most {after.MostConnections}, {after.SlowDowns - before.SlowDowns} SlowDowns, {after.Refused - before.Refused} refused; a GET costs {mine.TotalMicroseconds:F0} µs here, {its.TotalMicroseconds:F0} µs in the proxy"));
    }

    private static async Task<List<ObjectStat>> UploadAsync(Uri server, int count)
    {
        using var stores = Stores(server);
        var root = stores.Open(StorageAddress.Parse($"s3://{Bucket}"));
        var content = new byte[Size];
        new Random(1).NextBytes(content);
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, cancellation) =>
            await root.PublishAsync($"images/{number % 100}/{number}.jpg", content, cancellation));
        List<ObjectStat> objects = [];
        await foreach (var found in root.ListAsync("")) objects.Add(found);
        return objects;
    }

    private static async Task ReadAsync(Uri server, List<ObjectStat> objects, int readers)
    {
        using var stores = Stores(server);
        var root = stores.Open(StorageAddress.Parse($"s3://{Bucket}"));
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, readers).Select(async _ =>
        {
            var buffer = new ByteBuffer();
            for (int at; (at = Interlocked.Increment(ref next)) < objects.Count;)
            {
                if (await root.ReadAsync(objects[at].Key, objects[at], buffer, long.MaxValue) != ReadOutcome.Read)
                    throw new InvalidOperationException($"{objects[at].Key} was not read.");
            }
        }));
    }

    private static ObjectStoreFactory Stores(Uri server) => new(new(server.AbsoluteUri, Region: "us-east-1") { Credentials = new(Key, Secret, null) });
}
