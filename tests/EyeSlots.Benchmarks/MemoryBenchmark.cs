using System.Buffers;
using System.Diagnostics;
using EyeSlots.Core.Planning;
using EyeSlots.Preprocessing.Cropping;
using EyeSlots.Preprocessing.Decoding;

namespace EyeSlots.Benchmarks;

/// <summary>Decode, warp and encode alone: images in memory, two threads, nothing written.</summary>
internal static class MemoryBenchmark
{
    public static int Run(string folder, TimeSpan time)
    {
        var faces = BenchmarkFaces.Read(folder, 2000);
        using var gate = new MemoryGate(512L << 20);
        long crops = 0;
        var started = Stopwatch.GetTimestamp();
        Parallel.For(0, 2, new ParallelOptions { MaxDegreeOfParallelism = 2 }, worker =>
        {
            using var cropper = new SlotCropper(new JobParameters(), gate);
            var output = new ArrayBufferWriter<byte>(1 << 20);
            for (var at = worker; Stopwatch.GetElapsedTime(started) < time; at += 2)
            {
                output.ResetWrittenCount();
                var result = cropper.Crop(faces.Files[at % faces.Count], faces.Eyes[at % faces.Count], output);
                if (result.Rejection is { } why) throw new InvalidOperationException($"{why.Code}: {why.Detail}");
                Interlocked.Increment(ref crops);
            }
        });
        Console.WriteLine($"in memory, two threads: {crops / Stopwatch.GetElapsedTime(started).TotalSeconds:F0} crops a second");
        return 0;
    }
}
