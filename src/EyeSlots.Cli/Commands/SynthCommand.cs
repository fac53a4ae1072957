using System.CommandLine;
using EyeSlots.Preprocessing.Synthesis;
using Spectre.Console;

namespace EyeSlots.Cli.Commands;

/// <summary><c>synth</c>: draws an AffectNet-shaped data set.</summary>
internal static class SynthCommand
{
    private static readonly SynthOptions Defaults = new();
    private static readonly Argument<string> Folder = new("FOLDER") { Description = "An empty or absent folder" };
    private static readonly Option<int> Faces = new Option<int>("--faces") { Description = "Faces of all lists together", HelpName = "N", DefaultValueFactory = _ => Defaults.Faces }.Between(1, 100_000_000);
    private static readonly Option<int> Seed = new("--seed") { Description = "The same seed draws the same files", HelpName = "N", DefaultValueFactory = _ => Defaults.Seed };
    private static readonly Option<int> Side = new Option<int>("--side") { Description = "Pixels of an image's side", HelpName = "N", DefaultValueFactory = _ => Defaults.Side }.Between(64, 4000);
    private static readonly Option<string> Layout = new("--layout") { Description = "Layout of the lists", HelpName = "2017|2017-hash|2017-no-header|2021", DefaultValueFactory = _ => "2017" };
    private static readonly Option<double> Defects = new Option<double>("--defects") { Description = "Share of faces with a defect of real lists", HelpName = "SHARE", DefaultValueFactory = _ => 0.0 }.Between(0, 1);
    private static readonly Option<double> Validation = new Option<double>("--validation") { Description = "Share of faces in a second list", HelpName = "SHARE", DefaultValueFactory = _ => Defaults.Validation }.Between(0, 1);
    private static readonly Option<int> Nesting = new Option<int>("--nesting") { Description = "Levels of Manually_Annotated_Images above the images", HelpName = "0-2", DefaultValueFactory = _ => Defaults.Nesting }.Between(0, 2);
    private static readonly Option<bool> NoImages = new("--no-images") { Description = "Lists only, to try out a plan" };

    public static Command Create()
    {
        Layout.AcceptOnlyFromAmong("2017", "2017-hash", "2017-no-header", "2021");
        return Session.Runs(
            HelpWithExamples.Of(
                new Command("synth", "Draw an AffectNet-shaped data set whose eyes show the valence and arousal of its lists")
                {
                    Folder, Faces, Seed, Side, Layout, Defects, Validation, Nesting, NoImages,
                },
                "eyeslots synth drawn --faces 5000", "eyeslots synth drawn --faces 2000 --defects 0.1 --layout 2017-hash", "eyeslots synth million --faces 1000000 --no-images"),
            RunAsync);
    }

    /// <summary>Draws a set and shows where it is.</summary>
    public static Task<SynthSummary> DrawAsync(Session session, SynthOptions options, string folder, CancellationToken cancellation) =>
        ProgressView.RunAsync(session, steps => Task.Run(() => new Synthesizer().Run(options, folder, new Drawn(steps, options.Faces), cancellation), cancellation));

    private static async Task<int> RunAsync(ParseResult parsed, Session session, CancellationToken cancellation)
    {
        var options = new SynthOptions
        {
            Faces = parsed.GetValue(Faces), Seed = parsed.GetValue(Seed), Side = parsed.GetValue(Side), Defects = parsed.GetValue(Defects),
            Validation = parsed.GetValue(Validation), Nesting = parsed.GetValue(Nesting), Images = !parsed.GetValue(NoImages), Layout = LayoutOf(parsed.GetValue(Layout)!),
        };
        var folder = Path.GetFullPath(parsed.GetValue(Folder)!);
        session.Say($"Drawing {Summaries.Number(options.Faces)} faces into {folder}.");
        var drawn = await DrawAsync(session, options, folder, cancellation);
        var report = new SynthReport(drawn.Lists, drawn.ImageRoot, drawn.Faces, drawn.ExpectedRejects, drawn.BestValenceCcc, drawn.BestArousalCcc);
        return session.Show(report, CliJson.Default.SynthReport, () => Show(session, report));
    }

    private static SynthLayout LayoutOf(string text) => text switch
    {
        "2017-hash" => SynthLayout.Csv2017Hash,
        "2017-no-header" => SynthLayout.Csv2017NoHeader,
        "2021" => SynthLayout.Folders2021,
        _ => SynthLayout.Csv2017,
    };

    private static void Show(Session session, SynthReport report)
    {
        var table = Terminal.Facts($"{Summaries.Number(report.Faces)} faces drawn");
        table.AddRow("lists", Terminal.Safe(string.Join(' ', report.Lists)));
        table.AddRow("images", Terminal.Safe(report.ImageRoot));
        table.AddRow("best possible CCC", Summaries.Invariant($"valence {report.BestValenceCcc:F3}, arousal {report.BestArousalCcc:F3}"));
        if (report.ExpectedRejects.Count > 0) table.AddRow("to be rejected", Summaries.Number(report.ExpectedRejects.Values.Sum()));
        Summaries.AddCodes(table, report.ExpectedRejects);
        session.Terminal.Results.Write(table);
        Lines.Write(session.Terminal.Results, $"Next: eyeslots preprocess --annotations {Terminal.Safe(string.Join(' ', report.Lists))} --images {Terminal.Safe(report.ImageRoot)} --out out");
    }

    private sealed class Drawn(IProgress<Step> steps, int total) : IProgress<long>
    {
        public void Report(long value) => steps.Report(new("drawing faces", value, total));
    }
}

/// <summary>What <c>synth</c> prints.</summary>
internal sealed record SynthReport(
    IReadOnlyList<string> Lists, string ImageRoot, long Faces, IReadOnlyDictionary<string, long> ExpectedRejects, double BestValenceCcc, double BestArousalCcc);
