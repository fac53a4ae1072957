using System.CommandLine;
using EyeSlots.Core;
using EyeSlots.Core.Manifests;
using EyeSlots.Preprocessing.Cropping;

namespace EyeSlots.Cli.Commands;

/// <summary><c>verify</c>: reads every file of a generation and checks all of it.</summary>
internal static class VerifyCommand
{
    private static readonly Option<string> Out = CommonOptions.Out();
    private static readonly Option<string> Dataset = CommonOptions.Dataset();
    private static readonly Option<int?> Generation = CommonOptions.Generation();

    public static Command Create(ConsoleProgram program) => program.Runs(
        new Command("verify", "Read every shard and quarantine file of a generation and check hashes, rows, faces and pictures") { Out, Dataset, Generation },
        RunAsync,
        "eyeslots verify --out out", "eyeslots verify --out s3://slots --dataset eyeslots --generation 3 --json");

    /// <summary>Verifies a generation and shows where it is.</summary>
    public static async Task<VerifyReport> VerifyAsync(Session session, string root, string dataset, int? generation, CancellationToken cancellation)
    {
        var store = session.Open(root);
        var manifest = await Session.LoadAsync(store, dataset, generation, cancellation);
        session.Say($"Verifying generation {manifest.Generation} of {dataset} in {store.Address}: {Quantity.Of(manifest.Content.Shards.Count, "shard")}.");
        using var decoder = new SlotDecoder();
        var verifier = new DatasetVerifier(store, (row, format) => decoder.ToBgr(row.Slot.Span, format, row.Width, row.Height) is not null);
        var problems = await ProgressView.RunAsync(session, steps =>
            verifier.VerifyAsync(manifest, new ShardSteps(steps, "verifying shards", manifest.Content.Shards.Count), cancellation));
        var totals = manifest.Content.Totals;
        return new(dataset, manifest.Generation, totals.Faces, totals.Rows, totals.Rejected, manifest.Content.Shards.Count, problems.Count == 0, problems);
    }

    private static async Task<int> RunAsync(ParseResult parsed, Session session, CancellationToken cancellation)
    {
        var report = await VerifyAsync(session, parsed.GetValue(Out)!, parsed.GetValue(Dataset)!, parsed.GetValue(Generation), cancellation);
        return session.Show(report, CliJson.Default.VerifyReport, () => Show(session, report), Damage.ExitCode(report.Problems));
    }

    /// <summary>Shows what was found.</summary>
    public static void Show(Session session, VerifyReport report)
    {
        Damage.Show(session.Terminal, report.Problems);
        if (!report.Clean) return;
        Lines.Write(session.Terminal.Results, $"[green]clean[/] generation {report.Generation} of {Terminal.Safe(report.Dataset)}: {Quantity.Of(report.Faces, "face")} = " +
            $"{Quantity.Of(report.Rows, "crop")} + {Quantity.Number(report.Rejected)} rejected, in {Quantity.Of(report.Shards, "shard")}");
    }
}

/// <summary>What <c>verify</c> prints.</summary>
internal sealed record VerifyReport(
    string Dataset, int Generation, long Faces, long Rows, long Rejected, int Shards, bool Clean, IReadOnlyList<VerifyProblem> Problems);
