using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using EyeSlots.Core.Manifests;

namespace EyeSlots.Cli.Commands;

/// <summary><c>gc</c>: files that nothing needs.</summary>
internal static class GcCommand
{
    private const int MostShown = 50;
    private static readonly Argument<string?> Root = new("ROOT") { Description = "Dataset root: a folder or s3://bucket/prefix", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> Out = new("--out") { Description = "The same as ROOT", HelpName = "ROOT" };

    private static readonly Option<int> Keep = new Option<int>("--keep")
    {
        Description = "Generations to keep of every dataset", HelpName = "N", DefaultValueFactory = _ => 5,
    }.Between(1, int.MaxValue);

    private static readonly Option<TimeSpan> Grace = new("--grace")
    {
        Description = "Younger files stay, such as 90s, 30m, 24h or 7d", HelpName = "TIME", DefaultValueFactory = _ => TimeSpan.FromHours(24), CustomParser = ParseTime,
    };

    private static readonly Option<bool> Delete = new("--delete") { Description = "Remove the files; without it they are only listed" };

    public static Command Create(ConsoleProgram program)
    {
        Command command = new("gc", "List, and with --delete remove, files that no generation and no running job needs") { Root, Out, Keep, Grace, Delete };
        command.Validators.Add(result =>
        {
            if (result.GetValue(Root) is null == result.GetValue(Out) is null) result.AddError("Name one root: eyeslots gc ROOT.");
        });
        return program.Runs(command, RunAsync,
            "eyeslots gc out", "eyeslots gc s3://slots --keep 3 --grace 7d --delete");
    }

    private static async Task<int> RunAsync(ParseResult parsed, Session session, CancellationToken cancellation)
    {
        var root = session.Open((parsed.GetValue(Root) ?? parsed.GetValue(Out))!);
        var (keep, grace, delete) = (parsed.GetValue(Keep), parsed.GetValue(Grace), parsed.GetValue(Delete));
        session.Say($"Looking in {root.Address} for files that neither the last {keep} generations nor running jobs need, older than {Summaries.Invariant($"{grace.TotalHours:0.##}")} h.");
        var report = await new GarbageCollector(root, session.Time).CollectAsync(keep, grace, delete, cancellation);
        return session.Show(report, CliJson.Default.GarbageReport, () => Show(session, report));
    }

    private static void Show(Session session, GarbageReport report)
    {
        foreach (var file in report.Files.Take(MostShown)) session.Terminal.Out.WriteLine(file);
        if (report.Files.Count > MostShown) session.Terminal.Out.WriteLine($"… and {report.Files.Count - MostShown} more (--json lists all)");
        session.Terminal.Out.WriteLine(report.Files.Count == 0 ? "Nothing to remove." :
            $"{Summaries.Number(report.Files.Count)} files, {Summaries.Size(report.Bytes)}: " + (report.Deleted ? "removed." : "not needed; --delete removes them."));
    }

    private static TimeSpan ParseTime(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (text.Length > 1 && double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number < 1e6)
        {
            switch (text[^1])
            {
                case 's': return TimeSpan.FromSeconds(number);
                case 'm': return TimeSpan.FromMinutes(number);
                case 'h': return TimeSpan.FromHours(number);
                case 'd': return TimeSpan.FromDays(number);
            }
        }

        result.AddError($"--grace takes a time such as 90s, 30m, 24h or 7d, not '{text}'.");
        return default;
    }
}
