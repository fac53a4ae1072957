using System.Text.Json;
using System.Text.Json.Nodes;
using EyeSlots.Core;
using EyeSlots.Integration.Tests;
using EyeSlots.Integration.Tests.Cli;
using EyeSlots.Training.Runs;
using EyeSlots.Training.Tests.Runs;
using EyeSlots.Training.Tests.Tools;

namespace EyeSlots.Training.Tests.Evaluation;

/// <summary><c>evaluate</c> and <c>predict</c> as users call them, on a run that was really trained.</summary>
[Collection(TrainerRuns.Name)]
public sealed class EvaluationProgramTests : IDisposable
{
    private readonly Scratch scratch = new();
    private readonly TrainingSet set;
    private readonly string run;

    public EvaluationProgramTests(TrainingSet set)
    {
        this.set = set;
        run = CopyOfTheRun("run");
    }

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task Evaluate_Twice_PrintsAndKeepsTheSameBytes()
    {
        var first = await TrainerProcess.SucceedAsync([.. EvaluateLine(), "--predictions", scratch["first.csv"]]);
        var kept = Scratch.Tree(run, "evaluations");
        var second = await TrainerProcess.SucceedAsync([.. EvaluateLine(), "--predictions", scratch["second.csv"]]);
        Assert.Equal(first.Output, second.Output);
        Assert.Equal(1, first.Output.Count(sign => sign == '\n'));
        Assert.Equal(await File.ReadAllBytesAsync(scratch["first.csv"]), await File.ReadAllBytesAsync(scratch["second.csv"]));
        Assert.Equal(kept, Scratch.Tree(run, "evaluations"));
        Assert.Equal(first.Output.TrimEnd('\n'), await File.ReadAllTextAsync(Path.Combine(run, "evaluations", "faces-1-test.json")));
        foreach (var name in (string[])["rows", "unlabelled", "broken", "byExpression", "byList", "grid"]) Assert.True(first.Json.TryGetProperty(name, out _), name);
        foreach (var name in (string[])["rmse", "corr", "ccc", "sagr", "sagr_nonzero", "intervals", "floors"])
        {
            Assert.True(first.Json.GetProperty("valence").TryGetProperty(name, out _), name);
            Assert.True(first.Json.GetProperty("arousal").TryGetProperty(name, out _), name);
        }
    }

    [Fact]
    public async Task Train_AtItsEnd_HasLaidIntoTheRunWhatEvaluateFindsOnValidation()
    {
        var kept = Path.Combine(run, "evaluations", "faces-1-validation");
        var (numbers, predictions) = (WithoutRuns(await File.ReadAllTextAsync(kept + ".json")), await File.ReadAllBytesAsync(kept + ".csv"));
        var evaluated = await TrainerProcess.SucceedAsync(EvaluateLine(list: "validation"));
        Assert.Equal(numbers, WithoutRuns(evaluated.Output));
        Assert.Equal(predictions, await File.ReadAllBytesAsync(kept + ".csv"));

        // The run was copied since it was trained.
        static string WithoutRuns(string json)
        {
            var report = JsonNode.Parse(json)!.AsObject();
            report.Remove("runs");
            return report.ToJsonString();
        }
    }

    [Theory]
    [InlineData("csv", "parquet")]
    [InlineData("parquet", "csv")]
    public async Task Predict_OnTheTestListsPhotographs_GivesTheNumbersOfEvaluate(string evaluated, string predicted)
    {
        await TrainerProcess.SucceedAsync([.. EvaluateLine(), "--predictions", scratch["evaluated." + evaluated], "--batch", "7"]);
        await TrainerProcess.SucceedAsync(PredictLine(scratch["predicted." + predicted]));
        var (expected, rows) = (await RowsAsync(scratch["evaluated." + evaluated]), await RowsAsync(scratch["predicted." + predicted]));
        Assert.Equal(expected.Count, rows.Count);
        Assert.NotEmpty(rows);
        foreach (var (one, other) in expected.Zip(rows))
        {
            Assert.Equal(one[..5].Select(cell => cell.ToString()), other[..5].Select(cell => cell.ToString()));
            Assert.Equal(Number(one[5]), Number(other[5]), 1e-5);
            Assert.Equal(Number(one[6]), Number(other[6]), 1e-5);
            Assert.Equal(JsonValueKind.Null, other[7].ValueKind);
        }
    }

    [Fact]
    public async Task Predict_BySeveralRuns_HasTheirDeviation()
    {
        await TrainerProcess.SucceedAsync(PredictLine(scratch["p.csv"], run, CopyOfTheRun("again")));
        Assert.StartsWith(
            "list,image_path,face_index,valence,arousal,predicted_valence,predicted_arousal,predicted_valence_sd,predicted_arousal_sd,code\n",
            await File.ReadAllTextAsync(scratch["p.csv"]), StringComparison.Ordinal);
        Assert.All(await RowsAsync(scratch["p.csv"]), row => Assert.Equal((0.0, 0.0), (Number(row[7]), Number(row[8]))));
    }

    [Fact]
    public async Task Evaluate_AsText_SetsTheFloorsBesideAndSaysWhatTheModelBeats()
    {
        var result = await TrainerProcess.RunAsync(EvaluateLine()[..^1]);
        Assert.Equal(0, result.ExitCode);
        foreach (var word in (string[])["Valence", "Arousal", "mean", "zero", "geometry", "linear", "none of these images", "linear floor"]) Assert.Contains(word, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_OfAWrongLine_IsRefused()
    {
        await FailsAsync(EvaluateLine(list: "tset"), ErrorCodes.Usage, "its lists are: test, training, validation", 2);
        await FailsAsync(EvaluateLine(of: scratch["none"]), ErrorCodes.Usage, $"{scratch["none"]} holds no run", 2);
        await FailsAsync(EvaluateLine(of: set.Photographs), ErrorCodes.Usage, "holds no run", 2);
        await FailsAsync([.. EvaluateLine(), "--predictions", scratch["p.txt"]], ErrorCodes.Usage, "ends with .csv or .parquet", 2);
        await FailsAsync([.. EvaluateLine(), "--batch", "0"], ErrorCodes.Usage, "--batch", 2);
        await FailsAsync([.. EvaluateLine(), "--generation", "7"], ErrorCodes.DatasetDamaged, "generation 7");
    }

    [Fact]
    public async Task Predict_OfAWrongLine_IsRefused()
    {
        await FailsAsync(PredictLine(scratch["p.json"]), ErrorCodes.Usage, "ends with .csv or .parquet", 2);
        await FailsAsync(PredictLine(scratch["none/p.csv"]), ErrorCodes.Usage, "there is no folder", 2);
        await FailsAsync(PredictLine("s3://bucket/p.csv"), ErrorCodes.Usage, "is on S3", 2);
        await FailsAsync([.. PredictLine(scratch["p.csv"]), "--annotations", scratch["no.csv"]], ErrorCodes.ListUnreadable, scratch["no.csv"]);
        await FailsAsync(PredictLine(scratch["p.csv"], run, run), ErrorCodes.Usage, "--run names a run twice", 2);
        Assert.False(File.Exists(scratch["p.csv"]));
    }

    [Fact]
    public async Task Evaluate_OfADamagedRun_SaysWhatIsWrongWithIt()
    {
        var best = RunFolder.BestOf(run);
        var (json, weights) = (await File.ReadAllTextAsync(Path.Combine(best, "model.json")), await File.ReadAllBytesAsync(Path.Combine(best, "model.safetensors")));
        await DamagedAsync("model.json", "{"u8.ToArray(), ErrorCodes.CheckpointDamaged);
        await DamagedAsync("model.safetensors", [255, 255, 255, 255, 255, 255, 255, 127, .. weights.AsSpan(8)], ErrorCodes.CheckpointDamaged);
        await DamagedAsync("model.safetensors", weights[..^5], ErrorCodes.CheckpointDamaged);
        await DamagedAsync("model.json", Changed(json, "model", model => model["dense"] = new JsonArray(17)), ErrorCodes.ModelMismatch, of: "model.safetensors");
        await DamagedAsync("model.json", Changed(json, "slots", slots => slots["growX"] = "wide"), ErrorCodes.CheckpointDamaged);
        File.Delete(RunFolder.FloorsOf(run));
        await FailsAsync(EvaluateLine(), ErrorCodes.CheckpointDamaged, "floors.json");
        Directory.Delete(best, recursive: true);
        await FailsAsync(EvaluateLine(), ErrorCodes.CheckpointDamaged, "has no best model");
    }

    private static byte[] Changed(string json, string part, Action<JsonObject> change)
    {
        var model = JsonNode.Parse(json)!.AsObject();
        change(model[part]!.AsObject());
        return JsonSerializer.SerializeToUtf8Bytes(model);
    }

    // The file is whole again afterwards.
    private async Task DamagedAsync(string name, byte[] content, string code, string? of = null)
    {
        var path = Path.Combine(RunFolder.BestOf(run), name);
        var whole = await File.ReadAllBytesAsync(path);
        await File.WriteAllBytesAsync(path, content);
        await FailsAsync(EvaluateLine(), code, Path.Combine(RunFolder.BestOf(run), of ?? name));
        await File.WriteAllBytesAsync(path, whole);
    }

    private string CopyOfTheRun(string name)
    {
        foreach (var file in Directory.EnumerateFiles(set.Undisturbed, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(scratch[name], Path.GetRelativePath(set.Undisturbed, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return scratch[name];
    }

    private string[] EvaluateLine(string? of = null, string list = "test") =>
        ["evaluate", "--run", of ?? run, "--data", set.Root, "--dataset", DrawnDataset.Name, "--lists", list, "--threads", "1", "--workers", "1", "--json"];

    private string[] PredictLine(string output, params string[] runs) =>
    [
        "predict", "--run", .. runs.Length > 0 ? runs : [run], "--images", set.Photographs, "--annotations", Path.Combine(set.Photographs, "test.csv"), "--out", output,
        "--threads", "1", "--workers", "1", "--json",
    ];

    private static async Task FailsAsync(string[] line, string code, string text, int exitCode = 1) => TrainerProcess.AssertFailed(await TrainerProcess.RunAsync(line), code, text, exitCode);

    private static async Task<List<JsonElement[]>> RowsAsync(string file) =>
        [.. (await Python.RunWithPyArrowAsync("Evaluation/read_predictions.py", file)).GetProperty("rows").EnumerateArray().Select(row => row.EnumerateArray().ToArray())];

    private static double Number(JsonElement bits) => BitConverter.Int64BitsToDouble(Convert.ToInt64(bits.GetString(), 16));
}
