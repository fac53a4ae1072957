using System.CommandLine;
using EyeSlots.Core;
using EyeSlots.Core.Manifests;
using Spectre.Console;

namespace EyeSlots.Cli.Commands;

/// <summary><c>diff</c>: what changed between two generations.</summary>
internal static class DiffCommand
{
    private static readonly Option<string> Out = CommonOptions.Out();
    private static readonly Option<string> Dataset = CommonOptions.Dataset();
    private static readonly Option<int> From = new("--from") { Description = "The earlier generation", HelpName = "N", Required = true };
    private static readonly Option<int?> To = new("--to") { Description = "The later generation; the newest when left out", HelpName = "M" };

    public static Command Create(ConsoleProgram program) => program.Runs(
        new Command("diff", "Compare two generations of a dataset") { Out, Dataset, From, To },
        RunAsync,
        "eyeslots diff --out out --from 1 --to 2", "eyeslots diff --out s3://slots --from 12 --json");

    private static async Task<int> RunAsync(ParseResult parsed, Session session, CancellationToken cancellation)
    {
        var (root, dataset) = (session.Open(parsed.GetValue(Out)!), parsed.GetValue(Dataset)!);
        var from = await Session.LoadAsync(root, dataset, parsed.GetValue(From), cancellation);
        var to = await Session.LoadAsync(root, dataset, parsed.GetValue(To), cancellation);
        var diff = ManifestDiff.Between(from, to);
        return session.Show(diff, CliJson.Default.ManifestDiff, () => Show(session, from, to, diff));
    }

    private static void Show(Session session, Manifest from, Manifest to, ManifestDiff diff)
    {
        var table = Terminal.Facts($"{to.Dataset}: generation {from.Generation} to {to.Generation}");
        table.AddRow("shards", $"{diff.Added.Count} added, {diff.Removed.Count} removed, {diff.Kept} kept");
        table.AddRow("faces", Signed(diff.Faces));
        table.AddRow("crops", Signed(diff.Rows));
        table.AddRow("rejected", Signed(diff.Rejected));
        table.AddRow("parameters", diff.SameParameters ? "the same" : "[yellow]changed[/]");
        table.AddRow("committed", $"{from.Run.Committed:u} and {to.Run.Committed:u}");
        session.Terminal.Results.Write(table);
    }

    private static string Signed(long change) => change > 0 ? "+" + Quantity.Number(change) : Quantity.Number(change);
}
