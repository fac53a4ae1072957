using System.CommandLine;
using EyeSlots.Core;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Storage;
using EyeSlots.Preprocessing.Jobs;
using EyeSlots.Preprocessing.Synthesis;

namespace EyeSlots.Cli.Commands;

/// <summary><c>demo</c>: the whole way on a small data set drawn on the spot.</summary>
internal static class DemoCommand
{
    private const int DefaultFaces = 2000, LeastFaces = 50, MostFaces = 1_000_000;
    private const double DefectShare = 0.06;
    private const int Pixels = 425;
    private const string Dataset = "affectnet";
    private static readonly Option<string> Folder = new("--to") { Description = "Folder for everything that the demo makes", HelpName = "FOLDER", DefaultValueFactory = _ => "eyeslots-demo" };
    private static readonly Option<int> Faces = new("--faces") { Description = "Faces to draw, at least 50", HelpName = "N", DefaultValueFactory = _ => DefaultFaces };

    private static readonly Option<string> Engine = new("--engine") { Description = "What runs the slices; spark starts a server of its own from SPARK_HOME", HelpName = "local|spark", DefaultValueFactory = _ => "local" };

    public static Command Create(ConsoleProgram program)
    {
        Engine.AcceptOnlyFromAmong("local", "spark");
        return program.Runs(
            new Command("demo", "Draw a small data set, cut it, verify it and show it") { Folder, Faces, Engine },
            RunAsync,
            "eyeslots demo", "eyeslots demo --to /tmp/demo --faces 5000", "SPARK_HOME=/opt/spark eyeslots demo --engine spark");
    }

    private static async Task<int> RunAsync(ParseResult parsed, Session session, CancellationToken cancellation)
    {
        if (parsed.GetValue(Engine) == "spark") _ = SparkRun.Home;
        var folder = StorageAddress.ParseLocal(parsed.GetValue(Folder)!);
        var faces = parsed.GetValue(Faces);
        Require.Between("--faces", faces, LeastFaces, MostFaces);
        var (drawn, output) = (Path.Combine(folder, $"faces-{faces}"), Path.Combine(folder, $"out-{faces}"));
        session.Say($"1. Drawing {Quantity.Of(faces, "face")}, {DefectShare:P0} of them with the defects of real lists: {drawn}");
        var set = await SynthCommand.DrawAsync(session, new() { Faces = faces, Side = Pixels, Defects = DefectShare }, drawn, cancellation);
        session.Say($"2. Cutting their eye slots into Parquet shards: {output}");
        var options = new PreprocessOptions
        {
            Lists = AnnotationList.ParseAll(set.Lists), Images = StorageAddress.Parse(set.ImageRoot), Output = StorageAddress.Parse(output), Dataset = Dataset,
        };
        var run = parsed.GetValue(Engine) == "spark"
            ? await SparkRun.RunOnOwnServerAsync(session, options, cancellation)
            : await ShownRun.RunLocallyAsync(session, options, cancellation);
        session.Say("3. Verifying every byte of it");
        var verified = await VerifyCommand.VerifyAsync(session, output, Dataset, run.Generation, cancellation);
        session.Say("4. Drawing a contact sheet and an overlay");
        var report = new DemoReport(run, verified, set.BestValenceCcc, set.BestArousalCcc, await DrawAsync(session, folder, output, set, cancellation));
        return session.Show(report, CliJson.Default.DemoReport, () => Show(session, report, output), verified.Clean ? 0 : 1);
    }

    private static async Task<IReadOnlyList<string>> DrawAsync(Session session, string folder, string output, SynthSummary set, CancellationToken cancellation)
    {
        var root = session.Open(output);
        var manifest = await Session.LoadAsync(root, Dataset, null, cancellation);
        string[] pictures = [Path.Combine(folder, "slots.png"), Path.Combine(folder, "overlay.png")];
        await InspectPictures.WriteSheetAsync(root, manifest.Content, pictures[0], cancellation);
        var face = await InspectPictures.FirstFaceAsync(root, manifest.Content, cancellation);
        await InspectPictures.WriteOverlayAsync(session, face.ImagePath, set.Lists, set.ImageRoot, new(), pictures[1], cancellation);
        return pictures;
    }

    private static void Show(Session session, DemoReport report, string output)
    {
        Summaries.Show(session.Terminal, report.Run);
        VerifyCommand.Show(session, report.Verified);
        Lines.Write(session.Terminal.Results, FormattableString.Invariant($"Best possible CCC of a reader of these eyes: valence {report.BestValenceCcc:F3}, arousal {report.BestArousalCcc:F3}"));
        foreach (var picture in report.Pictures) Lines.Write(session.Terminal.Results, $"Look at [bold]{Terminal.Safe(picture)}[/]");
        Lines.Write(session.Terminal.Results, $"Next: eyeslots inspect --out {Terminal.Safe(output)}");
    }
}

/// <summary>What <c>demo</c> prints.</summary>
internal sealed record DemoReport(PreprocessSummary Run, VerifyReport Verified, double BestValenceCcc, double BestArousalCcc, IReadOnlyList<string> Pictures);
