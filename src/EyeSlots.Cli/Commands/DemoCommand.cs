using System.CommandLine;
using EyeSlots.Cli.Training;
using EyeSlots.Core;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Storage;
using EyeSlots.Preprocessing.Jobs;
using EyeSlots.Preprocessing.Synthesis;

namespace EyeSlots.Cli.Commands;

/// <summary><c>demo</c>: the whole way, from photographs drawn on the spot to a network that reads them.</summary>
internal static class DemoCommand
{
    private const int DefaultFaces = 6000, LeastFaces = 50, MostFaces = 1_000_000;
    private const double DefectShare = 0.06;
    private const int Pixels = 425;
    private static readonly Option<string> Folder = new("--to") { Description = "Folder for everything that the demo makes", HelpName = "FOLDER", DefaultValueFactory = _ => "eyeslots-demo" };
    private static readonly Option<int> Faces = new("--faces") { Description = "Faces to draw, at least 50", HelpName = "N", DefaultValueFactory = _ => DefaultFaces };
    private static readonly Option<string> Engine = new("--engine") { Description = "What runs the slices; spark starts a server of its own from SPARK_HOME", HelpName = "local|spark", DefaultValueFactory = _ => "local" };

    public static Command Create(ConsoleProgram program)
    {
        Engine.AcceptOnlyFromAmong("local", "spark");
        return program.Runs(
            new Command("demo", "Draw a small data set, cut it, verify it, train a network on it, judge that, and make a page of each") { Folder, Faces, Engine },
            RunAsync,
            "eyeslots demo", "eyeslots demo --to /tmp/demo --faces 2000", "SPARK_HOME=/opt/spark eyeslots demo --engine spark");
    }

    private static async Task<int> RunAsync(ParseResult parsed, Session session, CancellationToken cancellation)
    {
        var (faces, onSpark) = (parsed.GetValue(Faces), parsed.GetValue(Engine) == "spark");
        Require.Between("--faces", faces, LeastFaces, MostFaces);

        // What would be missing at the end is said at the beginning.
        _ = (TrainerProgram.Path, onSpark ? SparkRun.Home : null);
        var folder = new DemoFolder(StorageAddress.ParseLocal(parsed.GetValue(Folder)!), faces);
        session.Say($"1. Drawing {Quantity.Of(faces, "face")} of persons who differ, {DefectShare:P0} of them with the defects of real lists: {folder.Photographs}");
        var set = await SynthCommand.DrawAsync(session, new() { Faces = faces, Side = Pixels, Variety = 1, Defects = DefectShare }, folder.Photographs, cancellation);
        session.Say($"2. Cutting their eye slots into Parquet shards: {folder.Shards}");
        var run = await CutAsync(session, folder, set, onSpark, cancellation);
        session.Say("3. Verifying every byte of it");
        var verified = await VerifyCommand.VerifyAsync(session, folder.Shards, DemoFolder.Dataset, run.Generation, cancellation);
        session.Say("4. Drawing a contact sheet and an overlay");
        var pictures = await DrawAsync(session, folder, set, cancellation);
        session.Say($"5. Training a small network, {DemoTraining.Model}: {folder.Run}");
        var trained = await DemoTraining.TrainAsync(session, folder, cancellation);
        session.Say("6. Judging it on the test list");
        var judged = await DemoTraining.JudgeAsync(folder, cancellation);
        session.Say("7. Making a page of the data, and one of the run");
        var pages = await DemoPages.WriteAsync(session, folder, set.ImageRoot, cancellation);
        var report = new DemoReport(run, verified, set.BestValenceCcc, set.BestArousalCcc, set.MseValenceCcc, set.MseArousalCcc, pictures, pages, trained, judged);
        return session.Show(report, CliJson.Default.DemoReport, () => DemoView.Show(session, report, folder), verified.Clean ? 0 : 1);
    }

    private static Task<PreprocessSummary> CutAsync(Session session, DemoFolder folder, SynthSummary set, bool onSpark, CancellationToken cancellation)
    {
        var options = new PreprocessOptions
        {
            Lists = AnnotationList.ParseAll(set.Lists), Images = StorageAddress.Parse(set.ImageRoot), Output = StorageAddress.Parse(folder.Shards), Dataset = DemoFolder.Dataset,
        };
        return onSpark ? SparkRun.RunOnOwnServerAsync(session, options, cancellation) : ShownRun.RunLocallyAsync(session, options, cancellation);
    }

    private static async Task<IReadOnlyList<string>> DrawAsync(Session session, DemoFolder folder, SynthSummary set, CancellationToken cancellation)
    {
        var root = session.Open(folder.Shards);
        var manifest = await Session.LoadAsync(root, DemoFolder.Dataset, null, cancellation);
        await InspectPictures.WriteSheetAsync(root, manifest.Content, folder.ContactSheet, cancellation);
        var face = await InspectPictures.FirstFaceAsync(root, manifest.Content, cancellation);
        await InspectPictures.WriteOverlayAsync(session, face.ImagePath, set.Lists, set.ImageRoot, new(), folder.Overlay, cancellation);
        return [folder.ContactSheet, folder.Overlay];
    }
}
