namespace EyeSlots.Benchmarks.S3;

/// <summary>
/// The server beside the client: what a face costs the client's processors from S3 and from a folder. It is what a machine of a cluster has
/// to give, since it waits for S3 in many reads at once; <c>milliseconds of an image</c> in <c>deploy/prices.json</c> is the first figure.
/// </summary>
internal static class BesideLine
{
    public static Task RunAsync(S3Bench bench)
    {
        var faces = bench.Site.Faces(bench.Scale.Faces);
        List<JobFigures> remote = [], local = [];
        for (var turn = 0; turn < bench.Scale.Runs; turn++)
        {
            local.Add(bench.Jobs.OnFolders(faces));
            remote.Add(bench.Jobs.OnS3(faces, bench.Site.Endpoint));
        }

        var (s3, folder) = (Turns.Median([.. remote.Select(run => run.Processor)]), Turns.Median([.. local.Select(run => run.Processor)]));
        S3Bench.Show("beside, processor", $"{s3:F3} ms a face from S3, {folder:F3} from a folder: {s3 / folder:F2} times (wanted: at most 1.50)");
        var (far, near) = (Turns.Median([.. remote.Select(run => run.Rate)]), Turns.Median([.. local.Select(run => run.Rate)]));
        S3Bench.Show("beside, rate", $"{far:F0} faces/s from S3, {near:F0} from a folder: {far / near:F2} times");
        return Task.CompletedTask;
    }
}
