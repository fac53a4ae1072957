using System.Text.Json;
using EyeSlots.Core;
using EyeSlots.Core.Planning;
using EyeSlots.Integration.Tests;
using EyeSlots.Training.Augmentation;
using EyeSlots.Training.Evaluation;
using EyeSlots.Training.Metrics;
using EyeSlots.Training.Tests.Tools;
using EyeSlots.Training.Torch;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyeSlots.Training.Tests.Evaluation;

/// <summary>What an evaluation counts, and that it is the same numbers however it is run.</summary>
public sealed class EvaluatorTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task Run_OfSomeLists_CountsFacesAndParts()
    {
        using var dataset = await DrawnDataset.DrawAsync(600, synth => synth with { DefectShares = "unlabelled=0.1" });
        var run = await MadeRun.MakeAsync(scratch["run"], dataset);
        var report = (await EvaluateAsync(dataset, ["test", "validation"], run)).Report;
        var faces = await dataset.FacesAsync("test", "validation");
        Assert.Equal((faces.Count, faces.Unlabelled, 0), (report.Rows, report.Unlabelled, report.Broken));
        Assert.True(report.Unlabelled > 0);
        Assert.Equal(["mean", "zero", "geometry", "linear"], report.Valence.Floors.Keys);
        Assert.Equal(["test", "validation"], report.ByList.Keys);
        Assert.Equal(report.Rows, report.ByList.Values.Sum(part => part.Rows));
        Assert.Equal(report.Rows, report.ByExpression.Values.Sum(part => part.Rows));
        Assert.Equal(report.Rows, report.Grid.Sum(cell => cell.Rows));
        Assert.Equal((25, -1.0, 0.6), (report.Grid.Count, report.Grid[0].FromValence, report.Grid[^1].FromArousal));
        Assert.Empty(report.OtherSlots);
        Assert.Equal(0, report.TrainedImages);
    }

    [Fact]
    public async Task Run_OfTheTrainingList_SaysThatItsImagesWereTrainedOn()
    {
        using var dataset = await DrawnDataset.DrawAsync(200);
        var run = await MadeRun.MakeAsync(scratch["run"], dataset);
        var report = (await EvaluateAsync(dataset, ["test", "training"], run)).Report;
        var images = (await dataset.FacesAsync("training")).Keys.Select(key => key.ImagePath).Distinct().Count();
        Assert.Equal(images, report.TrainedImages);
        Assert.True(report.Images > images);
    }

    [Fact]
    public async Task Run_Metrics_AreThoseOfItsPredictions()
    {
        using var dataset = await DrawnDataset.DrawAsync(300);
        var evaluation = await EvaluateAsync(dataset, ["training"], await MadeRun.MakeAsync(scratch["run"], dataset));
        var metrics = RegressionMetrics.Of(
            [.. evaluation.Predictions.Select(row => (double)row.Arousal!)], [.. evaluation.Predictions.Select(row => row.Predicted!.Value.Arousal)]);
        var report = evaluation.Report.Arousal;
        Assert.Equal(metrics, new(report.Rmse, report.Corr, report.Ccc, report.Sagr, report.SagrNonzero, report.Zeros));
        Assert.InRange(report.Ccc!.Value, report.Intervals.Ccc!.Value.Low, report.Intervals.Ccc.Value.High);
        Assert.False(report.BeatsLinear);
        Assert.Equal((evaluation.Report.Valence.Ccc + report.Ccc) / 2, evaluation.Report.MeanCcc);
    }

    [Fact]
    public async Task Run_Twice_LeavesTheSameBytesInTheRun()
    {
        using var dataset = await DrawnDataset.DrawAsync(300);
        var run = await MadeRun.MakeAsync(scratch["run"], dataset);
        var kept = (await EvaluateAsync(dataset, ["test"], run)).Keep(run);
        Assert.Equal(Path.Combine(run, "evaluations", "faces-1-test.json"), kept);
        var before = Scratch.Tree(run, "evaluations");
        Assert.Equal(2, before.Count);
        (await EvaluateAsync(dataset, ["test"], run)).Keep(run);
        Assert.Equal(before, Scratch.Tree(run, "evaluations"));
    }

    [Fact]
    public async Task Run_WithAnotherBatchSize_GivesTheSameNumbersTo5Digits()
    {
        using var dataset = await DrawnDataset.DrawAsync(200);
        var run = await MadeRun.MakeAsync(scratch["run"], dataset);
        var (one, other) = (await EvaluateAsync(dataset, ["test"], run), await EvaluateAsync(dataset, 7, ["test"], run));
        Assert.Equal(one.Predictions.Select(row => row.Key), other.Predictions.Select(row => row.Key));
        foreach (var (a, b) in one.Predictions.Zip(other.Predictions))
        {
            Assert.Equal(a.Predicted!.Value.Valence, b.Predicted!.Value.Valence, 1e-5);
            Assert.Equal(a.Predicted!.Value.Arousal, b.Predicted!.Value.Arousal, 1e-5);
        }
    }

    [Fact]
    public async Task Run_OfSeveralRuns_IsTheirMeanWithItsDeviation()
    {
        using var dataset = await DrawnDataset.DrawAsync(200);
        var first = await MadeRun.MakeAsync(scratch["1"], dataset, seed: 1);
        var second = await MadeRun.MakeAsync(scratch["2"], dataset, seed: 2, input: new InputShape(48, 16, Gray: true));
        var (one, other) = (await EvaluateAsync(dataset, ["test"], first), await EvaluateAsync(dataset, ["test"], second));
        var both = await EvaluateAsync(dataset, ["test"], first, second);
        for (var face = 0; face < both.Predictions.Count; face++)
        {
            var (a, b, mean) = (one.Predictions[face].Predicted!.Value, other.Predictions[face].Predicted!.Value, both.Predictions[face]);
            Assert.Equal((a.Valence + b.Valence) / 2, mean.Predicted!.Value.Valence, 1e-12);
            Assert.Equal(Math.Abs(a.Arousal - b.Arousal) / 2, mean.Deviation!.Value.Arousal, 1e-12);
        }
    }

    [Fact]
    public async Task Run_OfSlotsThatWereCutOtherwise_SaysIt()
    {
        using var trained = await DrawnDataset.DrawAsync(200);
        using var dataset = await DrawnDataset.DrawAsync(200, parameters: new() { Quality = 80, Slot = new() { GrowX = 0.3 } });
        var report = (await EvaluateAsync(dataset, ["test"], await MadeRun.MakeAsync(scratch["run"], trained))).Report;
        Assert.Equal(
            [$"growX: 0.3; {new JobParameters().Slot.GrowX.ToString(System.Globalization.CultureInfo.InvariantCulture)} where the model was trained", "quality: 80; 95 where the model was trained"],
            report.OtherSlots);
    }

    [Fact]
    public async Task Run_WithAFaceThatDoesNotDecode_CountsItAndGoesOn()
    {
        using var dataset = await DrawnDataset.DrawAsync(300);
        var run = await MadeRun.MakeAsync(scratch["run"], dataset);
        var faces = await dataset.FacesAsync("training");
        var shard = new EditedShard(dataset, faces.Shards.First());
        var bytes = shard.Read();
        EditedShard.BreakSlots(bytes, rows: 1);
        await shard.ReplaceAsync(bytes);
        var evaluation = await EvaluateAsync(dataset, ["training"], run);
        Assert.Equal((faces.Count - 1, 1), (evaluation.Report.Rows, evaluation.Report.Broken));
        Assert.Equal(faces.Keys.Skip(1), evaluation.Predictions.Select(row => row.Key));
        Assert.NotNull(evaluation.Report.Valence.Floors["linear"].Ccc);
    }

    [Fact]
    public async Task Run_OfAShardThatWasAltered_Refuses()
    {
        using var dataset = await DrawnDataset.DrawAsync(200);
        var run = await MadeRun.MakeAsync(scratch["run"], dataset);
        var shard = new EditedShard(dataset, (await dataset.FacesAsync("test")).Shards.First());
        var bytes = shard.Read();
        EditedShard.BreakSlots(bytes, rows: 1);
        await File.WriteAllBytesAsync(shard.File, bytes, TestContext.Current.CancellationToken);
        var error = await Assert.ThrowsAsync<EyeSlotsException>(() => EvaluateAsync(dataset, ["test"], run));
        Assert.Equal(ErrorCodes.DatasetDamaged, error.Code);
    }

    [Fact]
    public async Task Run_OfAModelThatDiverged_Refuses()
    {
        using var dataset = await DrawnDataset.DrawAsync(200);
        var run = await MadeRun.MakeAsync(scratch["run"], dataset, change: MadeRun.Diverge);
        var error = await Assert.ThrowsAsync<EyeSlotsException>(() => EvaluateAsync(dataset, ["test"], run));
        Assert.Equal(ErrorCodes.Diverged, error.Code);
        Assert.Contains(run, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_AsJson_ReadsBackAsTheSameNumbers()
    {
        using var dataset = await DrawnDataset.DrawAsync(200);
        var report = (await EvaluateAsync(dataset, ["training"], await MadeRun.MakeAsync(scratch["run"], dataset))).Report;
        using var json = JsonDocument.Parse(JsonSerializer.Serialize(report, EvaluationJson.Default.EvaluationReport));
        var valence = json.RootElement.GetProperty("valence");
        Assert.Equal(report.Valence.Rmse, valence.GetProperty("rmse").GetDouble());
        Assert.Equal(report.Valence.SagrNonzero, valence.GetProperty("sagr_nonzero").GetDouble());
        Assert.Equal(report.Valence.Intervals.Ccc!.Value.Low, valence.GetProperty("intervals").GetProperty("ccc").GetProperty("low").GetDouble());
        Assert.Equal(report.Valence.Floors["linear"].Ccc, valence.GetProperty("floors").GetProperty("linear").GetProperty("ccc").GetDouble());
    }

    private static Task<EvaluationOutcome> EvaluateAsync(DrawnDataset dataset, string[] lists, params string[] runs) => EvaluateAsync(dataset, 256, lists, runs);

    private static async Task<EvaluationOutcome> EvaluateAsync(DrawnDataset dataset, int batch, string[] lists, params string[] runs)
    {
        using var models = ModelSet.Load(runs, TrainingDevice.Cpu);
        return await new Evaluator(models, new() { BatchSize = batch }, NullLogger.Instance).RunAsync(await dataset.FacesAsync(lists), null, TestContext.Current.CancellationToken);
    }
}
