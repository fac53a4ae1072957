using EyeSlots.Core;
using EyeSlots.Core.Storage;
using EyeSlots.Reporting.Pages;
using EyeSlots.Reporting.Runs;

namespace EyeSlots.Cli.Commands;

/// <summary>The page of runs: what their folders hold, and the slots of a few faces from the generations that they were judged on.</summary>
internal static class ReportOfRuns
{
    /// <summary>Makes the page; says how many pictures are on it.</summary>
    public static async Task<(HtmlPage Page, int Pictures)> MakeAsync(Session session, IReadOnlyList<string> folders, bool withPictures, CancellationToken cancellation)
    {
        string[] paths = [.. folders.Select(StorageAddress.ParseLocal)];
        Require.That(paths.Distinct(StringComparer.Ordinal).Count() == paths.Length, "--run names a run twice.");
        List<RunRecord> runs = [];
        foreach (var path in paths)
        {
            Require.That(Directory.Exists(path), $"There is no folder {path}.");
            runs.Add(await RunRecord.LoadAsync(session.Open(path), cancellation));
        }

        var pictures = withPictures ? await ProgressView.RunAsync(session, steps => FindAsync(session, runs, steps, cancellation)) : null;
        return (RunPage.Create(runs, pictures), pictures?.Count ?? 0);
    }

    private static async Task<RunPictures> FindAsync(Session session, IReadOnlyList<RunRecord> runs, IProgress<Step> steps, CancellationToken cancellation)
    {
        var found = new RunPictures();
        foreach (var (run, judged) in RunPage.ShownClosely(runs).Where(shown => shown.Judged.ShownFaces.Count > 0))
        {
            try
            {
                await FindAsync(session, run.Source.Root, judged, found, steps, cancellation);
            }
            catch (EyeSlotsException error) when (error.Code != ErrorCodes.Interrupted)
            {
                session.Warn($"The page of {run.Name} lacks pictures of faces of {judged.Dataset}, generation {judged.Generation}: {error.Message}");
            }
        }

        return found;
    }

    private static async Task FindAsync(Session session, string address, EvaluationRecord judged, RunPictures found, IProgress<Step> steps, CancellationToken cancellation)
    {
        var root = session.Open(address);
        var manifest = await Session.LoadAsync(root, judged.Dataset, judged.Generation, cancellation);
        if (manifest.Content.Sha256() != judged.ContentSha256) throw new EyeSlotsException(ErrorCodes.DatasetDamaged, $"{root.Address} holds another generation of this number.");
        await new ShownSlots(root, manifest.Content, judged.ShownFaces).ReadAsync(
            (face, jpeg) => found.Add(judged.ContentSha256, face, Picture.Jpeg(jpeg)), steps, cancellation);
    }
}
