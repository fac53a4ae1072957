using System.Diagnostics;
using EyeSlots.Core.Shards;
using EyeSlots.Preprocessing.Cropping;
using EyeSlots.Training.Augmentation;
using EyeSlots.Training.Loading;
using EyeSlots.Training.Tests.Tools;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyeSlots.Benchmarks.Training;

/// <summary>The loader beside a PyTorch DataLoader, beside what decoding and sampling alone cost, and beside a training that waits for it.</summary>
internal static class LoaderBenchmark
{
    private const int Turns = 3;

    public static async Task<int> RunAsync(Options options)
    {
        using var dataset = await DrawnDataset.DrawAsync(options.Check ? 300 : 5000, synth => synth with { SmallestSide = 224, LargestSide = options.Check ? 300 : 956 });
        var faces = await dataset.FacesAsync();
        Console.WriteLine($"{Environment.ProcessorCount} processors; {faces.Count} faces in {faces.Shards.Count()} shards");
        await CompareAsync(faces, dataset.Root, options.Check ? 1 : Turns);
        var time = TimeSpan.FromSeconds(options.Check ? 0.1 : 40);
        await using (var s3 = await S3Copy.OfAsync(dataset.Root, TimeSpan.FromMilliseconds(20)))
        {
            LoaderWaiting.Measure("from S3, 20 ms a read, nothing cached", await dataset.FacesAtAsync(s3.Root), "tiny", time);
        }

        LoaderWaiting.Measure("from disk", faces, "M1", time);
        return 0;
    }

    private static async Task CompareAsync(FaceTable faces, string root, int turns)
    {
        var options = new LoaderOptions { Workers = 2 };
        using var stream = new ShardStream(faces, options, NullLogger.Instance);
        _ = Epoch(stream, 0);
        List<double> ours = [], theirs = [], processor = [], theirProcessor = [], alone = [];
        var versions = "";
        for (var turn = 0; turn < turns; turn++)
        {
            var cost = Epoch(stream, turn);
            ours.Add(cost.FacesPerSecond);
            processor.Add(cost.ProcessorMicroseconds);
            alone.Add(await DecodeAndSampleAsync(faces, options));
            (versions, var peer) = DataLoaderPeer.Run(root, options, 1);
            theirs.Add(peer[0].FacesPerSecond);
            theirProcessor.Add(peer[0].ProcessorMicroseconds);
        }

        var (rate, peerRate) = (Benchmarks.Turns.Median(ours), Benchmarks.Turns.Median(theirs));
        var (cpu, floor) = (Benchmarks.Turns.Median(processor), Benchmarks.Turns.Median(alone));
        Console.WriteLine($"alone, two workers: {rate:F0} faces a second; {versions}: {peerRate:F0}; ratio {rate / peerRate:F2} (wanted: 2.5)");
        Console.WriteLine($"processor time: {cpu:F0} µs a face, decoding and sampling alone {floor:F0}; ratio {cpu / floor:F2} (wanted: at most 1.5); peer {Benchmarks.Turns.Median(theirProcessor):F0}");
    }

    private static EpochCost Epoch(ShardStream stream, int epoch)
    {
        var before = Processor();
        var (count, first) = (0, 0L);
        foreach (var batch in stream.Epoch(epoch))
        {
            if (first == 0) first = Stopwatch.GetTimestamp();
            else count += batch.Count;
        }

        return new(count, Stopwatch.GetElapsedTime(first).TotalSeconds, Processor() - before);
    }

    /// <summary>Processor time of one thread that has all slots in memory, in microseconds a face.</summary>
    private static async Task<double> DecodeAndSampleAsync(FaceTable faces, LoaderOptions options)
    {
        using var decoder = new SlotDecoder();
        var augmenter = new Augmenter(options.Augmentation, options.Input);
        var (input, pixels, seconds, count) = (new byte[options.Input.Bytes], new Core.Storage.ByteBuffer(), 0.0, 0);
        foreach (var shard in faces.Shards)
        {
            var rows = (await PublishedFile.OpenShardAsync(faces.Generation.Root, shard)).Rows().ToList();
            var before = Processor();
            foreach (var row in rows)
            {
                decoder.TryDecode(row.Slot.Span, faces.Generation.Format, row.Width, row.Height, pixels);
                CropSampler.Sample(pixels.Span, row.Width, row.Height, augmenter.Draw((ulong)count++, row.Width, row.Height), options.Input, input);
            }

            seconds += Processor() - before;
        }

        return 1e6 * seconds / count;
    }

    private static double Processor()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime.TotalSeconds;
    }
}
