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

    /// <summary>Reads the generation that the line names and writes its page.</summary>
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
        var images = line.GetValue(Images) is { } address ? session.Stores.Open(StorageAddress.Parse(address), line.GetValue(StoreOptions.FollowLinks)) : null;
        var report = await MakeAsync(session, new(root, manifest, images, duplicates), withPictures, cancellation);
        return Tell(session, new(target, report.ToPage().Save(target), manifest.Dataset, manifest.Generation, report.Facts.Read, report.Pictures?.Faces.Count ?? 0, report.Damaged));
    }

    /// <summary>Gathers what a page shows of a generation.</summary>
    public static async Task<DatasetReport> MakeAsync(Session session, DatasetSources sources, bool withPictures, CancellationToken cancellation)
    {
        var (root, manifest) = (sources.Root, sources.Manifest);
        var change = await GenerationChange.FindAsync(root, manifest, cancellation);
        session.Say($"Reading geometry and labels of {Quantity.Of(manifest.Content.Totals.Rows, "crop")} of generation {manifest.Generation} of {manifest.Dataset}.");
        var facts = await ProgressView.RunAsync(session, steps =>
            DatasetFacts.ReadAsync(root, manifest.Content, new ShardSteps(steps, "reading shards", manifest.Content.Shards.Count), cancellation));
        var examples = await QuarantineExamples.ReadAsync(root, manifest.Content, cancellation);
        var pictures = withPictures ? await DrawAsync(session, sources, examples, cancellation) : null;
        return new(manifest, facts, examples, change, sources.Duplicates, pictures);
    }

    private static async Task<DatasetPictures> DrawAsync(Session session, DatasetSources sources, QuarantineExamples examples, CancellationToken cancellation)
    {
        using var photographs = sources.Images is { } images ? new ListedImageReader(images) : null;
        using var drawing = new ReportPictures(sources.Root, sources.Manifest.Content, photographs);
        var pictures = await drawing.DrawAsync(examples.Rows, cancellation);
        var missing = pictures.Faces.Count(face => face.Photograph is null);
        if (sources.Images is { } root && missing > 0) session.Warn($"{Quantity.Number(missing)} of {Quantity.Of(pictures.Faces.Count, "photograph")} could not be shown from {root.Address}.");
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
}

/// <summary>What a page of a generation is made of.</summary>
/// <param name="Root">The dataset root.</param>
/// <param name="Manifest">The generation.</param>
/// <param name="Images">The image root, where photographs are to be shown.</param>
/// <param name="Duplicates">What was found, where they were looked for.</param>
internal sealed record DatasetSources(IObjectStore Root, Manifest Manifest, IObjectStore? Images = null, DuplicateFindings? Duplicates = null);

/// <summary>What <c>report --data</c> prints.</summary>
internal sealed record DatasetPageReport(
    string Page, long Bytes, string Dataset, int Generation, long Crops, int Pictures, IReadOnlyList<VerifyProblem> Damaged);
