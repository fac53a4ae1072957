using System.CommandLine;
using EyeSlots.Core;
using EyeSlots.Core.Storage;

namespace EyeSlots.Cli.Commands;

/// <summary><c>report</c>: one HTML page that needs nothing else.</summary>
internal static class ReportCommand
{
    private const string Extension = ".html";
    private static readonly Option<string[]> Runs = new("--run") { Description = "Folders of training runs", HelpName = "FOLDER", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<string> Out = new("--out") { Description = "The page to write", HelpName = $"FILE{Extension}", Required = true };
    private static readonly Option<bool> NoPictures = new("--no-pictures") { Description = "Leave out every pixel and path of a face: AffectNet's licence forbids passing them on" };

    public static Command Create(ConsoleProgram program)
    {
        Command command = new("report", "Make a page: of training runs, or of a dataset's generation") { Runs, ReportOfDataset.Data, Out, NoPictures };
        foreach (var option in ReportOfDataset.Options) command.Options.Add(option);
        command.Validators.Add(result =>
        {
            var ofRuns = result.IsGiven(Runs);
            if (ofRuns == result.IsGiven(ReportOfDataset.Data)) result.AddError("Name training runs (--run FOLDER…) or a dataset (--data ROOT), one of both.");
            foreach (var option in ofRuns ? ReportOfDataset.Options : [])
            {
                if (result.IsGiven(option)) result.AddError($"{option.Name} goes with --data.");
            }

            if (result.IsGiven(NoPictures) && result.IsGiven(ReportOfDataset.Images)) result.AddError("--images are not looked at with --no-pictures.");
        });
        return program.Runs(command, RunAsync,
            "eyeslots report --run runs/first --out runs/first/report.html",
            "eyeslots report --run runs/first runs/second --out both.html --no-pictures",
            "eyeslots report --data out --images /data/affectnet --out page.html",
            "eyeslots report --data s3://slots --generation 3 --no-pictures --out page.html");
    }

    private static async Task<int> RunAsync(ParseResult parsed, Session session, CancellationToken cancellation)
    {
        var (target, withPictures) = (TargetOf(parsed.GetValue(Out)!), !parsed.GetValue(NoPictures));
        if (parsed.GetValue(ReportOfDataset.Data) is { } data) return await ReportOfDataset.RunAsync(session, data, target, withPictures, cancellation);
        var (page, pictures) = await ReportOfRuns.MakeAsync(session, parsed.GetValue(Runs)!, withPictures, cancellation);
        return Tell(session, new(target, page.Save(target), pictures));
    }

    // What would be missing at the end is said at the beginning.
    private static string TargetOf(string named)
    {
        var path = StorageAddress.ParseLocal(named);
        DurableFiles.RequireWritable(Out.Name, path, Extension);
        return path;
    }

    private static int Tell(Session session, PageReport report) => session.Show(report, CliJson.Default.PageReport, () =>
    {
        Lines.Write(session.Terminal.Results, $"[bold]{Terminal.Safe(report.Page)}[/], {Quantity.Bytes(report.Bytes)}");
        if (report.Pictures > 0) Lines.Write(session.Terminal.Results, $"{Quantity.Of(report.Pictures, "picture")} of faces: AffectNet's licence forbids passing them on; --no-pictures leaves them out");
    });
}

/// <summary>What <c>report</c> prints.</summary>
/// <param name="Page">The file.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Pictures">Pictures of faces in it.</param>
internal sealed record PageReport(string Page, long Bytes, int Pictures);
