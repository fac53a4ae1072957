using System.CommandLine;
using EyeSlots.Core.Storage;
using EyeSlots.Training.Evaluation;
using EyeSlots.Training.Loading;

namespace EyeSlots.Trainer.Commands;

/// <summary><c>evaluate</c>: how good a run's best model is on lists of a dataset.</summary>
internal static class EvaluateCommand
{
    private static readonly Option<string?> Predictions = new("--predictions") { Description = "Write each face's prediction to this file", HelpName = "FILE.csv|FILE.parquet" };

    public static Command Create(ConsoleProgram program) => program.Runs(
        new Command("evaluate", "Judge trained networks on labelled faces, beside what needs no network")
        {
            ModelLine.Runs, DatasetLine.Data, DatasetLine.Dataset, DatasetLine.Generation, JudgedFacesLine.Lists, Predictions, JudgedFacesLine.Batch, JudgedFacesLine.Workers, ModelLine.Device, ModelLine.Threads,
        },
        RunAsync,
        "eyeslots evaluate --run runs/1 --data out --lists test",
        "eyeslots evaluate --run runs/1 runs/2 runs/3 --data s3://slots --dataset affectnet --lists validation --predictions predictions.parquet --json");

    private static async Task<int> RunAsync(ParseResult parsed, Session session, CancellationToken cancellation)
    {
        var loader = JudgedFacesLine.LoaderOf(parsed);
        var file = parsed.GetValue(Predictions) is { } named ? StorageAddress.ParseLocal(named) : null;
        if (file is not null) PredictionFile.RequireWritable(Predictions.Name, file);
        var evaluation = await EvaluateAsync(parsed, session, loader, cancellation);
        if (file is not null) evaluation.WritePredictions(file);
        var kept = evaluation.SeveralRuns ? null : Keep(evaluation, session);
        return session.Show(evaluation.Report, EvaluationJson.Default.EvaluationReport, () => EvaluationView.Show(session.Terminal, evaluation.Report, kept));
    }

    private static async Task<EvaluationOutcome> EvaluateAsync(ParseResult parsed, Session session, LoaderOptions loader, CancellationToken cancellation)
    {
        ModelLine.RequireRuns(parsed);
        var faces = await JudgedFacesLine.ReadAsync(parsed, session, cancellation);
        using var models = ModelLine.Load(parsed);
        session.Say($"Evaluating {string.Join(", ", models.Runs)} on {JudgedFacesLine.Describe(faces)}.");
        return await ProgressView.RunAsync(session, steps =>
            new Evaluator(models, loader, session.Log).RunAsync(faces, new ShownPrediction(steps, (long)faces.Count * models.Runs.Count), cancellation));
    }

    // A colleague's run may lie where only he may write.
    private static string? Keep(EvaluationOutcome evaluation, Session session)
    {
        try
        {
            return evaluation.Keep(evaluation.Report.Runs[0]);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or StorageException or IOException)
        {
            session.Warn($"No copy was laid into the run: {error.Message}");
            return null;
        }
    }
}
