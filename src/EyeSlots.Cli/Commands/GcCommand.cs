using System.CommandLine;
using EyeSlots.Core;
using EyeSlots.Core.Manifests;
using EyeSlots.Core.Storage;

namespace EyeSlots.Cli.Commands;

/// <summary><c>gc</c>: files that nothing needs.</summary>
internal static class GcCommand
{
    private const int MostShown = 50;
    private static readonly GarbageOptions Defaults = new();
    private static readonly Argument<string?> Root = new("ROOT") { Description = "Dataset root: a folder or s3://bucket/prefix", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> Out = new("--out") { Description = "The same as ROOT", HelpName = "ROOT" };

    private static readonly Option<int> Keep = new("--keep") { Description = "Generations to keep of every dataset", HelpName = "N", DefaultValueFactory = _ => Defaults.Keep };

    private static readonly Option<Duration> Grace = new Option<Duration>("--grace")
    {
        Description = "Younger files stay, such as 90s, 30m, 24h or 7d", HelpName = "TIME", DefaultValueFactory = _ => new(Defaults.Grace),
    }.Takes(Duration.Parse, "a time such as 90s, 30m, 24h or 7d");

    private static readonly Option<bool> Delete = new("--delete") { Description = "Remove the files; without it they are only listed" };

    public static Command Create(ConsoleProgram program)
    {
        Command command = new("gc", "List, and with --delete remove, files that no generation and no running job needs") { Root, Out, Keep, Grace, Delete };
        command.Validators.Add(result =>
        {
            if (result.GetValue(Root) is null != result.IsGiven(Out)) result.AddError("Name one root: eyeslots gc ROOT.");
        });
        return program.Runs(command, RunAsync,
            "eyeslots gc out", "eyeslots gc s3://slots --keep 3 --grace 7d --delete");
    }

    private static async Task<int> RunAsync(ParseResult parsed, Session session, CancellationToken cancellation)
    {
        var options = new GarbageOptions { Keep = parsed.GetValue(Keep), Grace = parsed.GetValue(Grace).Time, Delete = parsed.GetValue(Delete) }.Validated();
        var address = StorageAddress.Parse((parsed.GetValue(Root) ?? parsed.GetValue(Out))!);
        if (!address.IsS3 && !Directory.Exists(address.Path)) throw new StorageException($"There is no folder {address}; check ROOT.");
        var root = session.Stores.Open(address);
        session.Say($"Looking in {root.Address} for files older than {parsed.GetValue(Grace)} that neither the last {Quantity.Of(options.Keep, "generation")} nor running jobs need.");
        var report = await new GarbageCollector(root, session.Time).CollectAsync(options.Keep, options.Grace, options.Delete, cancellation);
        return session.Show(report, CliJson.Default.GarbageReport, () => Show(session, report));
    }

    private static void Show(Session session, GarbageReport report)
    {
        foreach (var file in report.Files.Take(MostShown)) session.Terminal.Out.WriteLine(file);
        if (report.Files.Count > MostShown) session.Terminal.Out.WriteLine($"… and {report.Files.Count - MostShown} more (--json lists all)");
        session.Terminal.Out.WriteLine(report.Files.Count == 0 ? "Nothing to remove." :
            $"{Quantity.Of(report.Files.Count, "file")}, {Quantity.Bytes(report.Bytes)}: " + (report.Deleted ? "removed." : "not needed; --delete removes them."));
    }
}
