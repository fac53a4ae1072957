using System.Security.Cryptography;
using System.Text;
using EyeSlots.Training.Loading;
using EyeSlots.Training.Tests.Loading;
using EyeSlots.Training.Tests.Tools;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyeSlots.Benchmarks.Training;

/// <summary>Prints a hash of the sequence of faces and pixels under every condition that must not decide it.</summary>
internal static class OrderBenchmark
{
    public static async Task<int> RunAsync(Options options)
    {
        using var dataset = await DrawnDataset.DrawPartsAsync(options.Check ? 200 : 2000, parts: 40);
        await using var s3 = await S3Copy.OfAsync(dataset.Root, TimeSpan.FromMilliseconds(1));
        using var cache = new Scratch();
        var (folder, server) = (await dataset.FacesAsync(), await dataset.FacesAtAsync(s3.Root));
        Console.WriteLine($"{folder.Count} faces in {folder.Shards.Count()} shards, two epochs");
        List<string> hashes = [];
        void Print(string title, string hash)
        {
            hashes.Add(hash);
            Console.WriteLine($"{title,-40} {hash}");
        }

        foreach (var workers in (int[])[1, 2, 7]) Print($"folder, {workers} workers", Hash(folder, new() { Workers = workers }));
        Print("folder, resumed at every batch", OfResumes(folder, new() { Workers = 2 }));
        Print("S3", Hash(server, new() { Workers = 2 }));
        Print("S3, into a cache", Hash(server, new() { Workers = 2, Cache = cache.Folder }));
        Print("S3, from the cache", Hash(server, new() { Workers = 7, Cache = cache.Folder }));
        Print("S3, a cache of three shards", Hash(server, new() { Workers = 1, Cache = cache.Folder, CacheBytes = 3 * folder.Shards.Max(shard => shard.Bytes) }));
        return hashes.Distinct().Count() == 1 ? 0 : 1;
    }

    private static string Hash(FaceTable faces, LoaderOptions options)
    {
        using var stream = new ShardStream(faces, options, NullLogger.Instance);
        return Hash(Epochs.SelectMany(epoch => BatchHash.OfEach(stream.Epoch(epoch))));
    }

    // Of each resume only the first batch is taken: put one behind the other they are the epoch.
    private static string OfResumes(FaceTable faces, LoaderOptions options)
    {
        using var stream = new ShardStream(faces, options, NullLogger.Instance);
        return Hash(Epochs.SelectMany(epoch => Enumerable.Range(0, stream.BatchesPerEpoch).SelectMany(first => BatchHash.OfEach(stream.Epoch(epoch, first).Take(1)))));
    }

    private static IEnumerable<int> Epochs => Enumerable.Range(0, 2);

    private static string Hash(IEnumerable<string> batches) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', batches))));
}
