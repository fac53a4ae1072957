using System.Globalization;
using System.Text.RegularExpressions;
using EyeSlots.Spark.Tests;
using EyeSlots.Spark.Tests.Servers;

namespace EyeSlots.Benchmarks.S3;

/// <summary>
/// What a user would write (<c>Peers/boto3_cv2.py</c>): boto3 with 64 threads, OpenCV in two processes, pyarrow; on the same faces 30 ms away, in
/// turns. Our whole process stands against the seconds that the peer counts for its work alone, its imports apart.
/// </summary>
internal static partial class PeerLine
{
    public static async Task RunAsync(S3Bench bench)
    {
        var faces = bench.Site.Faces(bench.Scale.Faces);
        await using var far = await bench.AtAsync(new() { Delay = TimeSpan.FromMilliseconds(30) });
        List<(double Rate, double Processor)> ours = [], theirs = [];
        for (var turn = 0; turn < bench.Scale.Runs; turn++)
        {
            var run = bench.Jobs.OnS3(faces, far.Endpoint);
            ours.Add((run.Rate, run.Processor));
            theirs.Add(Peer(bench, faces, far.Endpoint));
        }

        var (our, their) = (Turns.Median([.. ours.Select(turn => turn.Rate)]), Turns.Median([.. theirs.Select(turn => turn.Rate)]));
        S3Bench.Show("boto3 peer, 30 ms away", $"{our:F0} faces/s, the peer {their:F0}: {our / their:F2} times (wanted: at least 6.00)");
        (our, their) = (Turns.Median([.. ours.Select(turn => turn.Processor)]), Turns.Median([.. theirs.Select(turn => turn.Processor)]));
        S3Bench.Show("boto3 peer, processor", $"{our:F3} ms a face, the peer {their:F3}: {their / our:F2} times; server and proxy share the processors with both");
    }

    /// <summary>Faces a second, and milliseconds of processor time a face.</summary>
    private static (double Rate, double Processor) Peer(S3Bench bench, FaceSet faces, Uri endpoint)
    {
        var environment = S3Site.Environment(endpoint);
        environment["PYTHONPATH"] = $"{Tools.PyArrow()}:{Path.GetDirectoryName(SharedFolder.File("peers", "pyspark_cv2.py"))}";
        var output = $"{bench.Site.Address}/peer";
        var run = Execution.Of(
            Options.Debian,
            [
                Path.Combine(AppContext.BaseDirectory, "Peers", "boto3_cv2.py"), faces.List, $"{faces.Images}/Manually_Annotated_Images", output, "--endpoint", endpoint.AbsoluteUri,
            ],
            environment);
        var told = Told().Match(run.Output);
        if (int.Parse(told.Groups[1].Value, CultureInfo.InvariantCulture) != faces.Count) throw new InvalidOperationException($"The peer lost faces: {run.Output}");
        Directory.Delete(Path.Combine(bench.Site.Folder, "peer"), recursive: true);
        return (faces.Count / double.Parse(told.Groups[2].Value, CultureInfo.InvariantCulture), 1000 * run.ProcessorSeconds / faces.Count);
    }

    [GeneratedRegex(@"images=(\d+) failed=0 seconds=([0-9.]+)")]
    private static partial Regex Told();
}
