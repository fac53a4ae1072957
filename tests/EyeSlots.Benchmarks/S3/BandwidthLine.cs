namespace EyeSlots.Benchmarks.S3;

/// <summary>
/// A network of 20 MB a second: the rate with only the bytes that slots need, beside that with <c>--whole-objects</c>, in turns; and what was read
/// of what is there. The network's figures in <c>deploy/prices.json</c> are from here.
/// </summary>
internal static class BandwidthLine
{
    private const int BytesPerSecond = 20_000_000;

    public static async Task RunAsync(S3Bench bench)
    {
        var faces = bench.Site.Faces(bench.Scale.NarrowFaces);
        await using var narrow = await bench.AtAsync(new() { BytesPerSecond = BytesPerSecond });
        List<JobFigures> needed = [], whole = [];
        long gets = 0;
        for (var turn = 0; turn < bench.Scale.Runs; turn++)
        {
            var before = (await narrow.CallsAsync()).Images;
            needed.Add(bench.Jobs.OnS3(faces, narrow.Endpoint));
            gets += (await narrow.CallsAsync()).Images - before;
            whole.Add(bench.Jobs.OnS3(faces, narrow.Endpoint, "--whole-objects"));
        }

        var (part, all) = (Turns.Median([.. needed.Select(run => run.Rate)]), Turns.Median([.. whole.Select(run => run.Rate)]));
        var photographs = needed.Count * (double)faces.Photographs;
        S3Bench.Show("20 MB/s", $"{part:F0} faces/s, {all:F0} with --whole-objects: {part / all:F2} times (wanted with AffectNet's sizes: at least 1.35)");
        S3Bench.Show("20 MB/s, bytes", $"{needed[^1].BytesRead / (double)needed[^1].BytesThere:F3} of {needed[^1].BytesThere / 1e6:F0} MB read (wanted: at most 0.72), by {gets / photographs:F3} GETs a photograph");
    }
}
