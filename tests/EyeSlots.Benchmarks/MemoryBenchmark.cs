using System.Buffers;
using System.Diagnostics;
using EyeSlots.Core.Planning;
using EyeSlots.Preprocessing.Cropping;
using EyeSlots.Preprocessing.Decoding;

namespace EyeSlots.Benchmarks;

/// <summary>Decode, warp and encode alone: images in memory, two threads, nothing written.</summary>
internal sealed class MemoryBenchmark
{
    private const int Threads = 2;

    // Photographs differ in size, so as many as there is room for.
    private const long MostBytes = 1 << 30;
    private readonly BenchmarkFaces faces;

    public MemoryBenchmark(string folder) => faces = BenchmarkFaces.Read(folder, int.MaxValue, MostBytes);

    public static int Run(string folder, TimeSpan time)
    {
        Console.WriteLine(FormattableString.Invariant($"in memory, two threads: {new MemoryBenchmark(folder).Rate(time):F0} crops a second"));
        return 0;
    }

    /// <summary>Crops a second of whole passes over the faces, until about the time is over.</summary>
    public double Rate(TimeSpan time)
    {
        using var gate = new MemoryGate(512L << 20);
        var (next, end, started) = (-1L, long.MaxValue, Stopwatch.GetTimestamp());
        Parallel.For(0, Threads, new ParallelOptions { MaxDegreeOfParallelism = Threads }, _ =>
        {
            using var cropper = new SlotCropper(new JobParameters(), gate);
            var output = new ArrayBufferWriter<byte>(1 << 20);
            for (long at; (at = Interlocked.Increment(ref next)) < Volatile.Read(ref end);)
            {
                if (at % faces.Count == 0 && at > 0 && Stopwatch.GetElapsedTime(started) > time)
                {
                    Volatile.Write(ref end, at);
                    break;
                }

                output.ResetWrittenCount();
                var result = cropper.Crop(faces.Files[at % faces.Count], faces.Eyes[at % faces.Count], output);
                if (result.Rejection is { } why) throw new InvalidOperationException($"{why.Code}: {why.Detail}");
            }
        });
        return end / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
