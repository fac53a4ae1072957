using System.CommandLine;
using EyeSlots.Core;
using EyeSlots.Core.Manifests;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;
using EyeSlots.Core.Storage;

namespace EyeSlots.Cli.Commands;

/// <summary><c>inspect</c>: what a generation holds, where its shards are, and how slots look.</summary>
internal static class InspectCommand
{
    private static readonly Option<string?> Out = new("--out") { Description = "Dataset root: a folder or s3://bucket/prefix", HelpName = "ROOT" };
    private static readonly Option<string> Dataset = CommonOptions.Dataset();
    private static readonly Option<int?> Generation = CommonOptions.Generation();
    private static readonly Option<bool> Paths = new("--paths") { Description = "Print the addresses of the generation's shards, one a line" };
    private static readonly Option<bool> Null = new("--null", "-0") { Description = "With --paths: end each address with NUL, for xargs -0" };
    private static readonly Option<string?> Shard = new("--shard") { Description = "Look at one shard only, by its fingerprint or the start of it", HelpName = "HEX" };

    private static readonly Option<int> Sample = new("--sample")
    {
        Description = "Shards to read for geometry and labels, spread evenly over the generation", HelpName = "N", DefaultValueFactory = _ => 20,
    };

    public static Command Create(ConsoleProgram program)
    {
        Command command = new("inspect", "Show what a generation holds, print its shards' paths, or draw slots") { Out, Dataset, Generation, Paths, Null, Shard, Sample };
        foreach (var option in InspectPictures.Options) command.Options.Add(option);
        command.Validators.Add(result =>
        {
            var overlay = result.IsGiven(InspectPictures.Overlay);
            if (!overlay && !result.IsGiven(Out)) result.AddError("Name the dataset: --out ROOT.");
            if (result.IsGiven(Null) && !result.IsGiven(Paths)) result.AddError("--null goes with --paths.");
            if (overlay && !(result.IsGiven(InspectPictures.Annotations) && result.IsGiven(InspectPictures.Images)))
            {
                result.AddError("--overlay needs --annotations LIST and --images ROOT: shards do not hold landmarks.");
            }
        });
        return program.Runs(command, RunAsync,
            "eyeslots inspect --out out",
            "eyeslots inspect --out out --paths --json > shards.json",
            "eyeslots inspect --out out --paths -0 | xargs -0 ls -l",
            "eyeslots inspect --out out --contact-sheet slots.png",
            "eyeslots inspect --overlay 103/face.jpg --annotations training.csv --images /data/affectnet --to face.png");
    }

    private static async Task<int> RunAsync(ParseResult parsed, Session session, CancellationToken cancellation)
    {
        Require.Between("--sample", parsed.GetValue(Sample), 1, int.MaxValue);
        if (parsed.GetValue(InspectPictures.Overlay) is { } image) return await InspectPictures.OverlayAsync(parsed, session, image, cancellation);
        var root = session.Open(parsed.GetValue(Out)!);
        var manifest = await Session.LoadAsync(root, parsed.GetValue(Dataset)!, parsed.GetValue(Generation), cancellation);
        var shards = Select(manifest, parsed.GetValue(Shard));
        if (parsed.GetValue(Paths)) return PrintPaths(session, root, shards, parsed.GetValue(Null) ? '\0' : '\n');
        if (parsed.GetValue(InspectPictures.Sheet) is not null) return await InspectPictures.SheetAsync(parsed, session, root, manifest.Content with { Shards = shards }, cancellation);
        var sample = DatasetStatistics.Sample(shards, parsed.GetValue(Sample));
        var statistics = await ProgressView.RunAsync(session, steps => DatasetStatistics.ReadAsync(root, sample, new Shards(steps, sample.Count), cancellation));
        var report = new InspectReport(manifest.Dataset, manifest.Generation, ManifestTotals.Of(shards), shards.Count, manifest.Content.Parameters, manifest.Run, statistics);
        return session.Show(report, CliJson.Default.InspectReport, () => InspectView.Show(session.Terminal, report), Damage.ExitCode(statistics.Damaged));
    }

    private static IReadOnlyList<ShardResult> Select(Manifest manifest, string? fingerprint)
    {
        if (fingerprint is null) return manifest.Content.Shards;
        var found = manifest.Content.Shards.Where(shard => shard.Fingerprint.StartsWith(fingerprint, StringComparison.OrdinalIgnoreCase)).ToList();
        return found.Count == 1 ? found : throw new EyeSlotsException(ErrorCodes.Usage,
            $"{Quantity.Of(found.Count, "shard")} of generation {manifest.Generation} can be meant by --shard '{fingerprint}'; --paths lists all.");
    }

    private static int PrintPaths(Session session, IObjectStore root, IReadOnlyList<ShardResult> shards, char end)
    {
        var paths = shards.Select(shard => $"{root.Address}/{ShardLayout.ShardKey(shard.Fingerprint)}").ToList();
        return session.Show(new PathsReport(paths), CliJson.Default.PathsReport, () =>
        {
            foreach (var path in paths) session.Terminal.Out.Write(path + end);
        });
    }

    private sealed class Shards(IProgress<Step> steps, int total) : IProgress<int>
    {
        private int done;

        public void Report(int value) => steps.Report(new("reading shards", done += value, total));
    }
}

/// <summary>What <c>inspect</c> prints.</summary>
internal sealed record InspectReport(
    string Dataset, int Generation, ManifestTotals Totals, int Shards, System.Text.Json.Nodes.JsonObject Parameters, ManifestRun Run, DatasetStatistics Statistics);

/// <summary>What <c>inspect --paths --json</c> prints.</summary>
internal sealed record PathsReport(IReadOnlyList<string> Paths);
