using System.CommandLine;
using System.Globalization;
using EyeSlots.Core;
using EyeSlots.Core.Storage;
using EyeSlots.Preprocessing.Synthesis;
using Spectre.Console;

namespace EyeSlots.Cli.Commands;

/// <summary><c>synth</c>: draws an AffectNet-shaped data set.</summary>
internal static class SynthCommand
{
    private static readonly SynthOptions Defaults = new();
    private static readonly Option<string> Folder = new("--out") { Description = "An empty or absent folder", HelpName = "FOLDER", Required = true };
    private static readonly Option<int> Faces = new("--faces") { Description = "Faces of all lists together", HelpName = "N", DefaultValueFactory = _ => Defaults.Faces };
    private static readonly Option<int> Seed = new("--seed") { Description = "The same seed draws the same files", HelpName = "N", DefaultValueFactory = _ => Defaults.Seed };
    private static readonly Option<SideRange> Side = new Option<SideRange>("--side")
    {
        Description = "Pixels of an image's side, one size or a range", HelpName = "N|FROM-TO",
        DefaultValueFactory = _ => new(Defaults.SmallestSide, Defaults.LargestSide),
    }.Takes(SideRange.Parse, "pixels, such as 425 or 224-956");

    private static readonly Option<string> Sizes = new("--sizes")
    {
        Description = "even: as --side says, all JPEG; affectnet: 425 pixels and 131 kB on average, deviation 349, some TIFF, PNG and BMP", HelpName = "even|affectnet",
        DefaultValueFactory = _ => "even",
    };

    private static readonly Option<string> Layout = new("--layout") { Description = "Layout of the lists", HelpName = "2017|2017-hash|2017-no-header|2021", DefaultValueFactory = _ => "2017" };
    private static readonly Option<string> Defects = new("--defects")
    {
        Description = "Share of faces with a defect of real lists: of all in turns, 0.1, or of each, empty-image=0.02,thumbs=0.001", HelpName = "SHARES", DefaultValueFactory = _ => "0",
    };

    private static readonly Option<double> Noise = new("--noise")
    {
        Description = "Standard deviation between a label and what the eyes show of it", HelpName = "SIZE", DefaultValueFactory = _ => Defaults.Noise,
    };

    private static readonly Option<double> Variety = new("--variety")
    {
        Description = "How much persons, photographs and landmarks differ, 0 to 1; above 0 a person has several photographs, all in one list", HelpName = "0-1",
        DefaultValueFactory = _ => Defaults.Variety,
    };

    private static readonly Option<double> Leaks = new("--leaks")
    {
        Description = "Share of photographs, and of persons where there are any, that are in the training list and in another one", HelpName = "SHARE",
        DefaultValueFactory = _ => Defaults.Leaks,
    };

    private static readonly Option<int> Nesting = new("--nesting") { Description = "Levels of Manually_Annotated_Images above the images", HelpName = "0-2", DefaultValueFactory = _ => Defaults.Nesting };
    private static readonly Option<bool> NoImages = new("--no-images") { Description = "Lists only, to try out a plan" };

    public static Command Create(ConsoleProgram program)
    {
        Sizes.AcceptOnlyFromAmong("even", "affectnet");
        Layout.AcceptOnlyFromAmong("2017", "2017-hash", "2017-no-header", "2021");
        return program.Runs(
            new Command("synth", "Draw an AffectNet-shaped data set whose eyes show the valence and arousal of its lists")
            {
                Folder, Faces, Seed, Sizes, Side, Noise, Variety, Leaks, Layout, Defects, Nesting, NoImages,
            },
            RunAsync,
            "eyeslots synth --out drawn --faces 5000",
            "eyeslots synth --out drawn --faces 2000 --side 425 --defects empty-image=0.02,missing-image=0.01 --layout 2017-hash",
            "eyeslots synth --out people --faces 10000 --side 425 --variety 1",
            "eyeslots synth --out photographs --faces 5000 --sizes affectnet",
            "eyeslots synth --out million --faces 1000000 --no-images");
    }

    /// <summary>Draws a set and shows where it is.</summary>
    public static Task<SynthSummary> DrawAsync(Session session, SynthOptions options, string folder, CancellationToken cancellation) =>
        ProgressView.RunAsync(session, steps => Task.Run(() => new Synthesizer().Run(options, folder, new Drawn(steps, options.Faces), cancellation), cancellation));

    private static async Task<int> RunAsync(ParseResult parsed, Session session, CancellationToken cancellation)
    {
        var options = OptionsOf(parsed);
        var folder = StorageAddress.ParseLocal(parsed.GetValue(Folder)!);
        session.Say($"Drawing {Quantity.Of(options.Faces, "face")} into {folder}.");
        var drawn = await DrawAsync(session, options, folder, cancellation);
        var report = new SynthReport(
            drawn.Lists, drawn.ImageRoot, drawn.Faces, drawn.ExpectedRejects, drawn.BestValenceCcc, drawn.BestArousalCcc, drawn.MseValenceCcc, drawn.MseArousalCcc);
        return session.Show(report, CliJson.Default.SynthReport, () => Show(session, report));
    }

    private static SynthOptions OptionsOf(ParseResult parsed)
    {
        var (side, defects) = (parsed.GetValue(Side), parsed.GetValue(Defects)!);
        var sizes = parsed.GetValue(Sizes) == "affectnet" ? SynthSizes.AffectNet : SynthSizes.Even;
        Require.That(sizes == SynthSizes.Even || parsed.GetResult(Side) is null or { Implicit: true }, "--side says nothing beside --sizes affectnet, which has sizes of its own.");
        var inTurns = double.TryParse(defects, NumberStyles.Float, CultureInfo.InvariantCulture, out var share);
        return new SynthOptions
        {
            Faces = parsed.GetValue(Faces), Seed = parsed.GetValue(Seed), Sizes = sizes, SmallestSide = side.Smallest, LargestSide = side.Largest, Noise = parsed.GetValue(Noise),
            Variety = parsed.GetValue(Variety), Leaks = parsed.GetValue(Leaks),
            Defects = share, DefectShares = inTurns ? "" : defects, Nesting = parsed.GetValue(Nesting), Images = !parsed.GetValue(NoImages), Layout = LayoutOf(parsed.GetValue(Layout)!),
        }.Validated();
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
        var table = Terminal.Facts($"{Quantity.Of(report.Faces, "face")} drawn");
        table.AddRow("lists", Terminal.Safe(string.Join(' ', report.Lists)));
        table.AddRow("images", Terminal.Safe(report.ImageRoot));
        table.AddRow("best possible CCC", FormattableString.Invariant($"valence {report.BestValenceCcc:F3}, arousal {report.BestArousalCcc:F3}"));
        table.AddRow("  of one trained by mse", FormattableString.Invariant($"valence {report.MseValenceCcc:F3}, arousal {report.MseArousalCcc:F3}"));
        if (report.ExpectedRejects.Count > 0) table.AddRow("to be rejected", Quantity.Number(report.ExpectedRejects.Values.Sum()));
        Summaries.AddCodes(table, report.ExpectedRejects);
        session.Terminal.Results.Write(table);
        Lines.Write(session.Terminal.Results, $"Next: eyeslots preprocess --annotations {Terminal.Safe(string.Join(' ', report.Lists))} --images {Terminal.Safe(report.ImageRoot)} --out out");
    }

    /// <summary>Sides of images, from the smallest to the largest.</summary>
    private readonly record struct SideRange(int Smallest, int Largest)
    {
        public static SideRange? Parse(string text) => text.Split('-') switch
        {
            [var side] when Pixels(side) is { } one => new(one, one),
            [var from, var to] when Pixels(from) is { } least && Pixels(to) is { } most => new(least, most),
            _ => null,
        };

        public override string ToString() => Smallest == Largest ? $"{Smallest}" : $"{Smallest}-{Largest}";

        private static int? Pixels(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var side) ? side : null;
    }

    private sealed class Drawn(IProgress<Step> steps, int total) : IProgress<long>
    {
        public void Report(long value) => steps.Report(new("drawing faces", value, total));
    }
}

/// <summary>What <c>synth</c> prints.</summary>
internal sealed record SynthReport(
    IReadOnlyList<string> Lists, string ImageRoot, long Faces, IReadOnlyDictionary<string, long> ExpectedRejects,
    double BestValenceCcc, double BestArousalCcc, double MseValenceCcc, double MseArousalCcc);
