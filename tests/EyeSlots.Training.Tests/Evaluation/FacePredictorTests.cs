using EyeSlots.Core;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Geometry;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;
using EyeSlots.Core.Storage;
using EyeSlots.Integration.Tests;
using EyeSlots.Preprocessing.Synthesis;
using EyeSlots.Storage.S3;
using EyeSlots.Training.Evaluation;
using EyeSlots.Training.Tests.Tools;
using EyeSlots.Training.Torch;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyeSlots.Training.Tests.Evaluation;

/// <summary>A photograph gets the number that its crop in a dataset gets; what cannot be cut gets its reason.</summary>
public sealed class FacePredictorTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData(SlotFormat.Jpeg, false)]
    [InlineData(SlotFormat.Png, false)]
    [InlineData(SlotFormat.Raw, true)]
    public async Task Run_OnTheTestListsPhotographs_GivesTheNumbersOfTheEvaluation(SlotFormat format, bool sized)
    {
        var parameters = new JobParameters { Format = format, Size = sized ? new PixelSize(80, 30) : null };
        using var dataset = await DrawnDataset.DrawAsync(240, synth => synth with { Variety = 1 }, parameters);
        var run = await MadeRun.MakeAsync(scratch["run"], dataset);
        var evaluated = await EvaluateAsync(dataset, "test", run);
        var (predicted, summary) = await PredictAsync(dataset, ["test.csv"], run);
        Assert.Equal(evaluated.Count, summary.Predicted);
        Assert.Equal(evaluated.Select(row => row.Key), predicted.Select(row => row.Key));
        foreach (var (expected, row) in evaluated.Zip(predicted))
        {
            Assert.Equal(expected.Predicted!.Value.Valence, row.Predicted!.Value.Valence, 1e-5);
            Assert.Equal(expected.Predicted!.Value.Arousal, row.Predicted!.Value.Arousal, 1e-5);
            Assert.Equal((expected.Valence, expected.Arousal), (row.Valence, row.Arousal));
        }
    }

    [Fact]
    public async Task Run_OnFoldersOf2021_PredictsEachFace()
    {
        using var dataset = await DrawnDataset.DrawAsync(60);
        using var folders = await DrawnDataset.DrawAsync(60, synth => synth with { Layout = SynthLayout.Folders2021 });
        var run = await MadeRun.MakeAsync(scratch["run"], dataset);
        var (predicted, summary) = await PredictAsync(folders, ["val_set"], run);
        Assert.Equal((await folders.FacesAsync("val_set")).Count, predicted.Count);
        Assert.Equal(summary.Rows, summary.Predicted);
    }

    [Fact]
    public async Task Run_OnFacesThatCannotBeCut_GivesTheirReasonsAndNoNumber()
    {
        using var dataset = await DrawnDataset.DrawAsync(400, synth => synth with { Defects = 0.2 });
        var run = await MadeRun.MakeAsync(scratch["run"], dataset);
        var (predicted, summary) = await PredictAsync(dataset, ["training.csv"], run);
        Dictionary<FaceKey, RejectCode> quarantine = [];
        foreach (var shard in (await dataset.OpenAsync()).Manifest.Content.Shards.Where(shard => shard.List == "training"))
        {
            foreach (var row in await PublishedFile.ReadQuarantineAsync(dataset.Store(), shard)) quarantine[row.Key] = row.Code;
        }

        Assert.Equal(quarantine, predicted.Where(row => row.Code is not null).ToDictionary(row => row.Key, row => row.Code!.Value));
        Assert.All(predicted, row => Assert.Equal(row.Code is null, row.Predicted is not null));
        Assert.Equal(quarantine.Count, summary.Rejected.Values.Sum());
        Assert.Equal(predicted.Count, summary.Rows);
        Assert.True(quarantine.Values.Distinct().Count() > 4);
    }

    [Fact]
    public async Task Run_OnAListWithoutLabels_GivesTheSameNumbers()
    {
        using var dataset = await DrawnDataset.DrawAsync(100);
        var run = await MadeRun.MakeAsync(scratch["run"], dataset);
        var lines = await File.ReadAllLinesAsync(Path.Combine(dataset.Photographs, "training.csv"), TestContext.Current.CancellationToken);
        await File.WriteAllLinesAsync(
            Path.Combine(dataset.Photographs, "bare.csv"), lines.Select(line => string.Join(',', line.Split(',')[..6])), TestContext.Current.CancellationToken);
        var (labelled, bare) = (await PredictAsync(dataset, ["training.csv"], run), await PredictAsync(dataset, ["bare.csv"], run));
        Assert.Equal(labelled.Rows.Select(row => row.Predicted), bare.Rows.Select(row => row.Predicted));
        Assert.All(bare.Rows, row => Assert.Null(row.Valence));
    }

    [Fact]
    public async Task Run_ByRunsWhoseSlotsDiffer_Refuses()
    {
        using var dataset = await DrawnDataset.DrawAsync(60);
        using var other = await DrawnDataset.DrawAsync(60, parameters: new() { Slot = new() { GrowY = 0.9 } });
        var (first, second) = (await MadeRun.MakeAsync(scratch["1"], dataset), await MadeRun.MakeAsync(scratch["2"], other));
        var error = await Assert.ThrowsAsync<EyeSlotsException>(() => PredictAsync(dataset, ["test.csv"], first, second));
        Assert.Equal(ErrorCodes.ModelMismatch, error.Code);
    }

    [Fact]
    public async Task Run_ThatIsStopped_LeavesWhatWasAtTheFile()
    {
        using var dataset = await DrawnDataset.DrawAsync(400);
        using var models = ModelSet.Load([await MadeRun.MakeAsync(scratch["run"], dataset)], TrainingDevice.Cpu);
        await File.WriteAllTextAsync(scratch["out.csv"], "as it was", TestContext.Current.CancellationToken);
        using var stop = new CancellationTokenSource();
        var predictor = new FacePredictor(models, new ObjectStoreFactory(new(null, null, null)), NullLogger.Instance);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => predictor.RunAsync(Options(dataset, ["training.csv"]), new StopAtOnce(stop), stop.Token));
        Assert.Equal("as it was", await File.ReadAllTextAsync(scratch["out.csv"], TestContext.Current.CancellationToken));
        Assert.Equal(["out.csv"], Directory.GetFiles(scratch.Folder).Select(Path.GetFileName));
    }

    private static async Task<IReadOnlyList<PredictionRow>> EvaluateAsync(DrawnDataset dataset, string list, string run)
    {
        using var models = ModelSet.Load([run], TrainingDevice.Cpu);
        var evaluator = new Evaluator(models, new() { BatchSize = 64 }, NullLogger.Instance);
        return (await evaluator.RunAsync(await dataset.FacesAsync(list), null, TestContext.Current.CancellationToken)).Predictions;
    }

    private PredictionOptions Options(DrawnDataset dataset, string[] lists) => new()
    {
        Images = StorageAddress.Parse(dataset.Photographs), Out = scratch["out.csv"], BatchSize = 50,
        Lists = AnnotationList.ParseAll(lists.Select(list => Path.Combine(dataset.Photographs, list))),
    };

    private async Task<(IReadOnlyList<PredictionRow> Rows, PredictionSummary Summary)> PredictAsync(DrawnDataset dataset, string[] lists, params string[] runs)
    {
        using var models = ModelSet.Load(runs, TrainingDevice.Cpu);
        var predictor = new FacePredictor(models, new ObjectStoreFactory(new(null, null, null)), NullLogger.Instance);
        List<PredictionRow> rows = [];
        var summary = await predictor.RunAsync(Options(dataset, lists), taken => rows.AddRange(taken), null, TestContext.Current.CancellationToken);
        return (rows, summary);
    }

    private sealed class StopAtOnce(CancellationTokenSource stop) : IProgress<long>
    {
        public void Report(long value) => stop.Cancel();
    }
}
