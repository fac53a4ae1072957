using System.CommandLine;
using EyeSlots.Core;
using EyeSlots.Core.Manifests;
using EyeSlots.Preprocessing.Duplicates;

namespace EyeSlots.Cli.Commands;

/// <summary><c>duplicates</c>: near-equal faces within and between lists.</summary>
internal static class DuplicatesCommand
{
    private const int MostShown = 20, FacesShown = 4;
    private static readonly Option<string> Out = CommonOptions.Out();
    private static readonly Option<string> Dataset = CommonOptions.Dataset();
    private static readonly Option<int?> Generation = CommonOptions.Generation();

    private static readonly Option<int> Distance = new("--distance")
    {
        Description = "Bits of 128 in which the hashes of two crops may differ", HelpName = "0-16", DefaultValueFactory = _ => new DuplicateOptions().Distance,
    };

    public static Command Create(ConsoleProgram program) => program.Runs(
        new Command("duplicates", "Find near-equal faces within and between lists: leaks from training into validation") { Out, Dataset, Generation, Distance },
        RunAsync,
        "eyeslots duplicates --out out", "eyeslots duplicates --out s3://slots --distance 8 --json");

    private static async Task<int> RunAsync(ParseResult parsed, Session session, CancellationToken cancellation)
    {
        var options = new DuplicateOptions { Distance = parsed.GetValue(Distance) }.Validated();
        var root = session.Open(parsed.GetValue(Out)!);
        var manifest = await Session.LoadAsync(root, parsed.GetValue(Dataset)!, parsed.GetValue(Generation), cancellation);
        session.Say($"Hashing {Quantity.Of(manifest.Content.Totals.Rows, "crop")} of generation {manifest.Generation} of {manifest.Dataset}.");
        var search = await ProgressView.RunAsync(session, steps =>
            new DuplicateFinder(root).FindAsync(manifest, options, new ShardSteps(steps, "reading shards", manifest.Content.Shards.Count), cancellation));
        var groups = search.Groups;
        var report = new DuplicatesReport(
            manifest.Dataset, manifest.Generation, options.Distance, search.Compared, groups.Sum(group => (long)group.Faces.Count), groups.Count(group => group.AcrossLists), groups, search.Damaged);
        return session.Show(report, CliJson.Default.DuplicatesReport, () => Show(session, report), Damage.ExitCode(report.Damaged));
    }

    private static void Show(Session session, DuplicatesReport report)
    {
        foreach (var group in report.Groups.Take(MostShown))
        {
            var names = group.Faces.Take(FacesShown).Select(face => face.Display);
            var more = group.Faces.Count > FacesShown ? $" and {group.Faces.Count - FacesShown} more" : "";
            Lines.Write(session.Terminal.Results, $"{(group.AcrossLists ? "[yellow]across lists[/]" : "within a list")} {Terminal.Safe(string.Join("  =  ", names))}{more}");
        }

        if (report.Groups.Count > MostShown) session.Terminal.Out.WriteLine($"… and {report.Groups.Count - MostShown} more groups (--json lists all)");
        session.Terminal.Out.WriteLine(
            $"Near-equal faces: {Quantity.Number(report.DuplicateFaces)} of {Quantity.Number(report.Faces)}, in {Quantity.Of(report.Groups.Count, "group")}, of which {Quantity.Number(report.GroupsAcrossLists)} across lists.");
        Damage.Show(session.Terminal, report.Damaged);
    }
}

/// <summary>What <c>duplicates</c> prints; its faces are those that were compared.</summary>
internal sealed record DuplicatesReport(
    string Dataset, int Generation, int Distance, long Faces, long DuplicateFaces, int GroupsAcrossLists, IReadOnlyList<DuplicateGroup> Groups, IReadOnlyList<VerifyProblem> Damaged);
