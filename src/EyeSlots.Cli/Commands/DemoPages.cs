namespace EyeSlots.Cli.Commands;

/// <summary>The last step of the demo: a page of the data that came in, and one of what was learned of it.</summary>
internal static class DemoPages
{
    /// <summary>Writes both.</summary>
    /// <returns>Their files.</returns>
    public static async Task<IReadOnlyList<string>> WriteAsync(Session session, DemoFolder folder, string imageRoot, CancellationToken cancellation)
    {
        var root = session.Open(folder.Shards);
        var manifest = await Session.LoadAsync(root, DemoFolder.Dataset, null, cancellation);
        var data = await ReportOfDataset.MakeAsync(session, new(root, manifest, session.Open(imageRoot)), withPictures: true, cancellation);
        data.ToPage().Save(folder.DataPage);
        var (run, _) = await ReportOfRuns.MakeAsync(session, [folder.Run], withPictures: true, cancellation);
        run.Save(folder.RunPage);
        return [folder.DataPage, folder.RunPage];
    }
}
