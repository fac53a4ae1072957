using System.CommandLine;
using EyeSlots.Core;
using EyeSlots.Training.Comparison;

namespace EyeSlots.Trainer.Commands;

/// <summary><c>compare</c>: what runs differ in, and whether their numbers do.</summary>
internal static class CompareCommand
{
    private static readonly Option<string[]> Runs = new("--run") { Description = "Folders of two runs or more", HelpName = "FOLDER", Required = true, AllowMultipleArgumentsPerToken = true };

    public static Command Create(ConsoleProgram program) => program.Runs(
        new Command("compare", "Put trained networks beside each other: options that differ, metrics, and the interval of each difference")
        {
            Runs, DatasetLine.Data, DatasetLine.Dataset, DatasetLine.Generation, JudgedFacesLine.Lists, JudgedFacesLine.Batch, JudgedFacesLine.Workers, ModelLine.Device, ModelLine.Threads,
        },
        RunAsync,
        "eyeslots compare --run runs/1 runs/2 --data out --lists test",
        "eyeslots compare --run runs/1 runs/2 runs/3 --data s3://slots --lists validation test --json");

    private static async Task<int> RunAsync(ParseResult parsed, Session session, CancellationToken cancellation)
    {
        var loader = JudgedFacesLine.LoaderOf(parsed);
        Require.That(parsed.GetValue(Runs) is { Length: > 1 }, "--run must name two runs or more to compare; one alone is judged by evaluate.");
        ModelLine.RequireRuns(parsed, Runs);
        var faces = await JudgedFacesLine.ReadAsync(parsed, session, cancellation);
        using var models = ModelLine.Load(parsed, Runs);
        session.Say($"Comparing {string.Join(", ", models.Runs)} on {JudgedFacesLine.Describe(faces)}.");
        var report = await ProgressView.RunAsync(session, steps =>
            new RunComparer(models, loader, session.Log).RunAsync(faces, new ShownPrediction(steps, (long)faces.Count * models.Runs.Count), cancellation));
        return session.Show(report, ComparisonJson.Default.ComparisonReport, () => ComparisonView.Show(session.Terminal, report));
    }
}
