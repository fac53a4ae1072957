using System.CommandLine;
using EyeSlots.Core;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Storage;
using EyeSlots.Training.Evaluation;

namespace EyeSlots.Trainer.Commands;

/// <summary><c>predict</c>: valence and arousal of the faces of lists, from their photographs.</summary>
internal static class PredictCommand
{
    private static readonly PredictionOptions Defaults = new() { Images = default, Lists = [], Out = "" };

    private static readonly Option<string> Images = new("--images") { Description = "Image root: a folder or s3://bucket/prefix", HelpName = "ROOT", Required = true };

    private static readonly Option<string[]> Annotations = new("--annotations")
    {
        Description = "Lists of either layout, labels not needed; name=PATH gives a list its name", HelpName = "LIST", Required = true, AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string> Out = new("--out") { Description = "File of predictions; what is there is replaced", HelpName = "FILE.csv|FILE.parquet", Required = true };
    private static readonly Option<int> Batch = new("--batch") { Description = "Faces predicted at a time", HelpName = "N", DefaultValueFactory = _ => Defaults.BatchSize };
    private static readonly Option<int> Workers = new("--workers") { Description = "Slices of faces cut at a time", HelpName = "N", DefaultValueFactory = _ => Defaults.Workers };

    public static Command Create(ConsoleProgram program) => program.Runs(
        new Command("predict", "Read valence and arousal from photographs")
        {
            ModelLine.Runs, Images, Annotations, Out, StoreOptions.FollowLinks, Batch, Workers, ModelLine.Device, ModelLine.Threads,
        },
        RunAsync,
        "eyeslots predict --run runs/1 --images photographs --annotations list.csv --out predictions.csv",
        "eyeslots predict --run runs/1 runs/2 --images s3://faces --annotations new=s3://lists/new.csv --out predictions.parquet --json");

    private static async Task<int> RunAsync(ParseResult parsed, Session session, CancellationToken cancellation)
    {
        var options = (Defaults with
        {
            Images = StorageAddress.Parse(parsed.GetValue(Images)!), Lists = AnnotationList.ParseAll(parsed.GetValue(Annotations)!), Out = StorageAddress.ParseLocal(parsed.GetValue(Out)!),
            BatchSize = parsed.GetValue(Batch), Workers = parsed.GetValue(Workers), FollowLinks = parsed.GetValue(StoreOptions.FollowLinks),
        }).Validated();
        if (!options.Images.IsS3 && !Directory.Exists(options.Images.Path)) throw new StorageException($"There is no folder {options.Images}; check --images.");
        ModelLine.RequireRuns(parsed);
        using var models = ModelLine.Load(parsed);
        session.Say($"Predicting {string.Join(", ", options.Lists.Select(list => list.Name))} of {options.Images} by {string.Join(", ", models.Runs)}.");
        var predictor = new FacePredictor(models, session.Stores, session.Log);
        var summary = await ProgressView.RunAsync(session, steps => predictor.RunAsync(options, new ShownPrediction(steps, 0), cancellation));
        return session.Show(summary, EvaluationJson.Default.PredictionSummary, () => Show(session.Terminal, summary));
    }

    private static void Show(Terminal terminal, PredictionSummary summary)
    {
        Lines.Write(terminal.Results, $"[green]predicted[/] {Quantity.Number(summary.Predicted)} of {Quantity.Of(summary.Rows, "face")} into {Terminal.Safe(summary.Out)}");
        foreach (var (code, count) in summary.Rejected) Lines.Write(terminal.Results, $"  [yellow]{code}[/] {Quantity.Number(count)}");
    }
}
