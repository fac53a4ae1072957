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
        List<double> ours = [], theirs = [];
        for (var turn = 0; turn < bench.Scale.Runs; turn++)
        {
            ours.Add(bench.Jobs.OnS3(faces, far.Endpoint).Rate);
            theirs.Add(Peer(bench, faces, far.Endpoint));
        }

        var (our, their) = (Turns.Median(ours), Turns.Median(theirs));
        S3Bench.Show("boto3 peer, 30 ms away", $"{our:F0} faces/s, the peer {their:F0}: {our / their:F2} times (wanted: at least 6.00)");
    }

    /// <summary>Faces a second.</summary>
    private static double Peer(S3Bench bench, FaceSet faces, Uri endpoint)
    {
        var environment = S3Site.Environment(endpoint);
        environment["PYTHONPATH"] = $"{Tools.PyArrow()}:{Path.GetDirectoryName(SharedFolder.File("peers", "pyspark_cv2.py"))}";
        var output = $"{bench.Site.Address}/peer";
        var printed = Execution.Of(
            Options.Debian,
            [
                Path.Combine(AppContext.BaseDirectory, "Peers", "boto3_cv2.py"), faces.List, $"{faces.Images}/Manually_Annotated_Images", output, "--endpoint", endpoint.AbsoluteUri,
            ],
            environment).Output;
        var told = Told().Match(printed);
        if (int.Parse(told.Groups[1].Value, CultureInfo.InvariantCulture) != faces.Count) throw new InvalidOperationException($"The peer lost faces: {printed}");
        Directory.Delete(Path.Combine(bench.Site.Folder, "peer"), recursive: true);
        return faces.Count / double.Parse(told.Groups[2].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"images=(\d+) failed=0 seconds=([0-9.]+)")]
    private static partial Regex Told();
}
