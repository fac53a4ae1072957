using System.Globalization;
using System.Text.RegularExpressions;
using EyeSlots.Spark.Tests.Servers;

namespace EyeSlots.Benchmarks.S3;

/// <summary>
/// What a user would write (<c>Peers/boto3_cv2.py</c>): boto3 with 64 threads, OpenCV in two processes, pyarrow; on the same faces 30 ms away, in
/// turns. Our whole process stands against the seconds that the peer counts for its work alone, its imports apart. Once both have all
/// processors and share them with the server, which then binds the faster of them; once each has one to itself and leaves the server the others.
/// </summary>
internal static partial class PeerLine
{
    private static readonly string[] Shared = [], Own = ["taskset", "--cpu-list", "0"];

    public static async Task RunAsync(S3Bench bench)
    {
        var faces = bench.Site.Faces(bench.Scale.Faces);
        await using var far = await bench.AtAsync(new() { Delay = TimeSpan.FromMilliseconds(30) });
        List<Pair> shared = [], own = [];
        for (var turn = 0; turn < bench.Scale.Runs; turn++)
        {
            shared.Add(Turn(bench, faces, far.Endpoint, Shared));
            own.Add(Turn(bench, faces, far.Endpoint, Own));
        }

        bench.Jobs.Launcher = Shared;
        Show("boto3 peer, 30 ms away", shared, " (wanted: at least 6.00)");
        Show("the same, a processor each", own, "");
    }

    private static void Show(string title, List<Pair> turns, string wanted)
    {
        var (ours, theirs) = (Median(turns.Select(turn => turn.Ours)), Median(turns.Select(turn => turn.Theirs)));
        S3Bench.Show(title, $"{ours.Rate:F0} faces/s, the peer {theirs.Rate:F0}: {ours.Rate / theirs.Rate:F2} times{wanted}; {ours.Processor:F3} and {theirs.Processor:F3} ms of processor time a face");
    }

    private static Figures Median(IEnumerable<Figures> turns)
    {
        Figures[] all = [.. turns];
        return new(Turns.Median([.. all.Select(one => one.Rate)]), Turns.Median([.. all.Select(one => one.Processor)]));
    }

    private static Pair Turn(S3Bench bench, FaceSet faces, Uri endpoint, string[] launcher)
    {
        bench.Jobs.Launcher = launcher;
        var ours = bench.Jobs.OnS3(faces, endpoint);
        return new(new(ours.Rate, ours.Processor), Peer(bench, faces, endpoint, launcher));
    }

    private static Figures Peer(S3Bench bench, FaceSet faces, Uri endpoint, string[] launcher)
    {
        var environment = S3Site.Environment(endpoint);
        environment["PYTHONPATH"] = $"{Tools.PyArrow()}:{Path.GetDirectoryName(SharedFolder.File("peers", "pyspark_cv2.py"))}";
        string[] command =
        [
            .. launcher, Options.Debian, Path.Combine(AppContext.BaseDirectory, "Peers", "boto3_cv2.py"), faces.List, $"{faces.Images}/Manually_Annotated_Images", $"{bench.Site.Address}/peer",
            "--endpoint", endpoint.AbsoluteUri,
        ];
        var run = Execution.Of(command[0], command[1..], environment);
        var told = Told().Match(run.Output);
        if (int.Parse(told.Groups[1].Value, CultureInfo.InvariantCulture) != faces.Count) throw new InvalidOperationException($"The peer lost faces: {run.Output}");
        Directory.Delete(Path.Combine(bench.Site.Folder, "peer"), recursive: true);
        return new(faces.Count / double.Parse(told.Groups[2].Value, CultureInfo.InvariantCulture), 1000 * run.ProcessorSeconds / faces.Count);
    }

    [GeneratedRegex(@"images=(\d+) failed=0 seconds=([0-9.]+)")]
    private static partial Regex Told();

    /// <summary>Faces a second, and milliseconds of processor time a face.</summary>
    private readonly record struct Figures(double Rate, double Processor);

    private readonly record struct Pair(Figures Ours, Figures Theirs);
}
