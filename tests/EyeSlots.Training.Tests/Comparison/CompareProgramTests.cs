using System.Text.Json;
using EyeSlots.Core;
using EyeSlots.Integration.Tests;
using EyeSlots.Integration.Tests.Cli;
using EyeSlots.Training.Evaluation;
using EyeSlots.Training.Metrics.Baselines;
using EyeSlots.Training.Tests.Runs;
using EyeSlots.Training.Tests.Tools;
using EyeSlots.Training.Torch;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyeSlots.Training.Tests.Comparison;

/// <summary><c>compare</c> as users call it, on runs that were really trained.</summary>
[Collection(TrainerRuns.Name)]
public sealed class CompareProgramTests(TrainingSet set) : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task Compare_OfTheSameWeights_FindsNoDifferenceAndAnIntervalOfZero()
    {
        TrainerProcess.Copy(set.Undisturbed, scratch["copy"]);
        var report = (await TrainerProcess.SucceedAsync(Line(set.Undisturbed, scratch["copy"]))).Json;
        Assert.Empty(report.GetProperty("differences").EnumerateArray());
        Assert.Equal(["valence", "arousal"], report.GetProperty("pairs").EnumerateArray().Select(pair => pair.GetProperty("output").GetString()));
        foreach (var pair in report.GetProperty("pairs").EnumerateArray())
        {
            Assert.Equal((set.Undisturbed, scratch["copy"]), (pair.GetProperty("first").GetString(), pair.GetProperty("second").GetString()));
            Assert.Equal(0, pair.GetProperty("cccDifference").GetDouble());
            Assert.Equal([0, 0], pair.GetProperty("interval").EnumerateArray().Select(end => end.GetDouble()));
        }
    }

    [Fact]
    public async Task Compare_OfTwoSeeds_SaysWhatDiffersAndHasTheNumbersOfEvaluate()
    {
        await OtherAsync("--seed", "2", "--epochs", "2");
        var compared = await TrainerProcess.SucceedAsync(Line(set.Undisturbed, scratch["other"]));
        var report = compared.Json;
        Assert.Equal(1, compared.Output.Count(sign => sign == '\n'));
        Assert.Equal(
            ["--epochs 3 2", "--seed 0 2"],
            report.GetProperty("differences").EnumerateArray().Select(option => $"{option.GetProperty("option")} {string.Join(' ', option.GetProperty("values").EnumerateArray())}"));
        foreach (var run in report.GetProperty("runs").EnumerateArray())
        {
            var evaluated = (await TrainerProcess.SucceedAsync(["evaluate", .. Line(run.GetProperty("folder").GetString()!)[1..]])).Json;
            Assert.Equal(evaluated.GetProperty("rows").GetInt32(), report.GetProperty("rows").GetInt32());
            Assert.Equal(0, run.GetProperty("trainedImages").GetInt32());
            foreach (var output in (string[])["valence", "arousal"])
            {
                foreach (var metric in (string[])["rmse", "corr", "ccc", "sagr", "sagr_nonzero", "intervals"])
                    Assert.Equal(evaluated.GetProperty(output).GetProperty(metric).GetRawText(), run.GetProperty(output).GetProperty(metric).GetRawText());
            }
        }

        AssertDifferences(report);
        Assert.Equal(compared.Output, (await TrainerProcess.SucceedAsync(Line(set.Undisturbed, scratch["other"]))).Output);
    }

    [Fact]
    public async Task Compare_OfThree_ComparesEachWithEachAndSaysOfWhatTheyWereTrainedOn()
    {
        TrainerProcess.Copy(set.Undisturbed, scratch["copy"]);
        await OtherAsync("--seed", "2");
        var report = (await TrainerProcess.SucceedAsync(LineOn(["training", "test"], set.Undisturbed, scratch["copy"], scratch["other"]))).Json;
        Assert.Equal(6, report.GetProperty("pairs").GetArrayLength());
        Assert.All(report.GetProperty("runs").EnumerateArray(), run => Assert.InRange(run.GetProperty("trainedImages").GetInt32(), 300, 330));
    }

    [Fact]
    public async Task Compare_AsText_ShowsRunsOptionsAndWhatCanBeSaid()
    {
        await OtherAsync("--seed", "2");
        var result = await TrainerProcess.RunAsync(Line(set.Undisturbed, scratch["other"])[..^1]);
        Assert.Equal(0, result.ExitCode);
        foreach (var word in (string[])["Valence", "Arousal", "--seed", "CCC of 1 less that of 2", scratch["other"]]) Assert.Contains(word, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_OfAWrongLine_IsRefused()
    {
        await FailsAsync(Line(set.Undisturbed), ErrorCodes.Usage, "two runs or more", 2);
        await FailsAsync(Line(set.Undisturbed, set.Undisturbed), ErrorCodes.Usage, "names a run twice", 2);
        await FailsAsync(Line(set.Undisturbed, scratch["none"]), ErrorCodes.Usage, $"{scratch["none"]} holds no run", 2);
        TrainerProcess.Copy(set.Undisturbed, scratch["copy"]);
        await FailsAsync(LineOn(["tset"], set.Undisturbed, scratch["copy"]), ErrorCodes.Usage, "its lists are: test, training, validation", 2);
        await File.WriteAllTextAsync(Path.Combine(scratch["copy"], "config.json"), "{}");
        await FailsAsync(Line(set.Undisturbed, scratch["copy"]), ErrorCodes.CheckpointDamaged, Path.Combine(scratch["copy"], "config.json"));
    }

    [Fact]
    public async Task Compare_OfASample_HoldsTheDifferenceOnTheOtherFaces()
    {
        const int splits = 100, wanted = 90;
        await OtherAsync("--seed", "2");
        LibTorch.Load();
        using var models = ModelSet.Load([set.Undisturbed, scratch["other"]], TrainingDevice.Parse("cpu")!.Value);
        using var others = await DrawnDataset.DrawAsync(1500, options => options with { Seed = 7 });
        var faces = await others.FacesAsync();
        var predicted = new DatasetPredictor(models, new(), NullLogger.Instance).Run(faces, null, CancellationToken.None);
        var t = FloorReader.Labels(faces);
        double[] Of(int run) => [.. Enumerable.Range(0, faces.Count).Select(face => predicted.Of(run, face).Valence)];
        Assert.InRange(new SplitCoverage(t.Valence, Of(0), Of(1)).Count(splits, share: 0.1), wanted, splits);
    }

    private static void AssertDifferences(JsonElement report)
    {
        double Ccc(int run, string output) => report.GetProperty("runs")[run].GetProperty(output).GetProperty("ccc").GetDouble();
        foreach (var pair in report.GetProperty("pairs").EnumerateArray())
        {
            var (output, difference) = (pair.GetProperty("output").GetString()!, pair.GetProperty("cccDifference").GetDouble());
            Assert.Equal(Ccc(0, output) - Ccc(1, output), difference);
            Assert.InRange(difference, pair.GetProperty("interval")[0].GetDouble(), pair.GetProperty("interval")[1].GetDouble());
        }
    }

    private async Task OtherAsync(params string[] options)
    {
        var trained = await set.TrainAsync(scratch["other"], options);
        Assert.True(trained.ExitCode == 0, trained.Output + trained.Errors);
    }

    private string[] Line(params string[] runs) => LineOn(["validation", "test"], runs);

    private string[] LineOn(string[] lists, params string[] runs) =>
        ["compare", "--run", .. runs, "--data", set.Root, "--dataset", DrawnDataset.Name, "--lists", .. lists, "--threads", "1", "--workers", "1", "--json"];

    private static async Task FailsAsync(string[] line, string code, string text, int exitCode = 1) => TrainerProcess.AssertFailed(await TrainerProcess.RunAsync(line), code, text, exitCode);
}
