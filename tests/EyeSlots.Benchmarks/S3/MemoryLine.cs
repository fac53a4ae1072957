namespace EyeSlots.Benchmarks.S3;

/// <summary>The most memory of a run from a server 100 ms away, and of one on ten times as many faces.</summary>
internal static class MemoryLine
{
    private const double Megabyte = 1 << 20;

    public static async Task RunAsync(S3Bench bench)
    {
        await using var far = await bench.AtAsync(new() { Delay = TimeSpan.FromMilliseconds(100) });
        var few = bench.Jobs.OnS3(bench.Site.Faces(bench.Scale.Faces), far.Endpoint);
        var many = bench.Jobs.OnS3(bench.Site.Faces(bench.Scale.ManyFaces), far.Endpoint);
        S3Bench.Show(
            "memory, 100 ms away",
            $"{few.Run.PeakBytes / Megabyte:F0} MB for {few.Faces} faces, {many.Run.PeakBytes / Megabyte:F0} MB for {many.Faces} (wanted: under 600, and flat); {few.Rate:F0} and {many.Rate:F0} faces/s");
    }
}
