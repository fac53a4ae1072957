using System.CommandLine;
using EyeSlots.Core;
using EyeSlots.Core.Manifests;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;
using EyeSlots.Reporting.Datasets;

namespace EyeSlots.Cli.Commands;

/// <summary>The half of <c>report</c> that is of a dataset.</summary>
internal static class ReportOfDataset
{
    public static readonly Option<string?> Data = new("--data") { Description = "Dataset root: a folder or s3://bucket/prefix", HelpName = "ROOT" };
    public static readonly Option<string?> Images = new("--images") { Description = "The image root, for photographs with their slots", HelpName = "ROOT" };
    private static readonly Option<string> Dataset = CommonOptions.Dataset();
    private static readonly Option<int?> Generation = CommonOptions.Generation();
    private static readonly Option<string?> Duplicates = new("--duplicates") { Description = "What duplicates --json printed of this generation", HelpName = "FILE.json" };

    /// <summary>The options that go with <see cref="Data"/>.</summary>
    public static IReadOnlyList<Option> Options => [Dataset, Generation, Images, StoreOptions.FollowLinks, Duplicates];

    /// <summary>Reads the generation and writes its page.</summary>
    /// <param name="session">The command's.</param>
    /// <param name="data">The dataset root.</param>
    /// <param name="target">The page; its folder is there.</param>
    /// <param name="withPictures">Whether the page may show and name faces.</param>
    /// <param name="cancellation">Stops.</param>
    public static async Task<int> RunAsync(Session session, string data, string target, bool withPictures, CancellationToken cancellation)
    {
        var line = session.Line;
        var root = session.Open(data);
        var manifest = await Session.LoadAsync(root, line.GetValue(Dataset)!, line.GetValue(Generation), cancellation);
        var duplicates = line.GetValue(Duplicates) is { } file ? ReadDuplicates(StorageAddress.ParseLocal(file), manifest) : null;
        var change = await GenerationChange.FindAsync(root, manifest, cancellation);
        session.Say($"Reading geometry and labels of {Quantity.Of(manifest.Content.Totals.Rows, "crop")} of generation {manifest.Generation} of {manifest.Dataset}.");
        var facts = await ProgressView.RunAsync(session, steps =>
            DatasetFacts.ReadAsync(root, manifest.Content, new Shards(steps, manifest.Content.Shards.Count), cancellation));
        var examples = await QuarantineExamples.ReadAsync(root, manifest.Content, cancellation);
        var pictures = withPictures ? await DrawAsync(session, root, manifest.Content, examples, cancellation) : null;
        var report = new DatasetReport(manifest, facts, examples, change, duplicates, pictures);
        return Tell(session, new(target, report.ToPage().Save(target), manifest.Dataset, manifest.Generation, facts.Read, pictures?.Faces.Count ?? 0, report.Damaged));
    }

    private static async Task<DatasetPictures> DrawAsync(
        Session session, IObjectStore root, ManifestContent content, QuarantineExamples examples, CancellationToken cancellation)
    {
        var images = session.Line.GetValue(Images) is { } address ? session.Stores.Open(StorageAddress.Parse(address), session.Line.GetValue(StoreOptions.FollowLinks)) : null;
        using var photographs = images is null ? null : new ListedImageReader(images);
        using var drawing = new ReportPictures(root, content, photographs);
        var pictures = await drawing.DrawAsync(examples.Rows, cancellation);
        var missing = pictures.Faces.Count(face => face.Photograph is null);
        if (images is not null && missing > 0) session.Warn($"{Quantity.Number(missing)} of {Quantity.Of(pictures.Faces.Count, "photograph")} could not be shown from {images.Address}.");
        return pictures;
    }

    private static DuplicateFindings ReadDuplicates(string file, Manifest manifest)
    {
        if (new FileInfo(file) is { Exists: true, Length: > DuplicateFindings.MostBytes }) throw new EyeSlotsException(ErrorCodes.Usage, $"{file} has more than {Quantity.Bytes(DuplicateFindings.MostBytes)}.");
        try
        {
            return DuplicateFindings.Parse(File.ReadAllBytes(file), file, manifest);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"{file} cannot be read: {error.Message}", error);
        }
    }

    private static int Tell(Session session, DatasetPageReport report) => session.Show(report, CliJson.Default.DatasetPageReport, () =>
    {
        Lines.Write(session.Terminal.Results,
            $"Generation {report.Generation} of {Terminal.Safe(report.Dataset)}, {Quantity.Of(report.Crops, "crop")}: [bold]{Terminal.Safe(report.Page)}[/] ({Quantity.Bytes(report.Bytes)})");
        Damage.Show(session.Terminal, report.Damaged);
    }, Damage.ExitCode(report.Damaged));

    private sealed class Shards(IProgress<Step> steps, int total) : IProgress<int>
    {
        public void Report(int value) => steps.Report(new("reading shards", value, total));
    }
}

/// <summary>What <c>report --data</c> prints.</summary>
internal sealed record DatasetPageReport(
    string Page, long Bytes, string Dataset, int Generation, long Crops, int Pictures, IReadOnlyList<VerifyProblem> Damaged);
