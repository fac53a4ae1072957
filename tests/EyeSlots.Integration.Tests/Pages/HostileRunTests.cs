using System.Diagnostics;
using System.Text.Json.Nodes;
using EyeSlots.Integration.Tests.Cli;

namespace EyeSlots.Integration.Tests.Pages;

/// <summary>Folders that are no runs, or whose files somebody has altered, end <c>report</c> with one line that names file and fault.</summary>
[Collection(nameof(MadePages))]
public sealed class HostileRunTests(MadePages made)
{
    private const string Test = "evaluations/affectnet-1-test";

    [Theory]
    [InlineData("config.json", "{", "config.json is no file of a run")]
    [InlineData("config.json", "null", "config.json is no file of a run")]
    [InlineData("config.json", """{"data": {"root": "/", "dataset": "affectnet", "generation": "one", "contentSha256": ""}}""", "$.data.generation")]
    [InlineData("config.json", """{"data": 1, "data": 2}""", "config.json is no file of a run")]
    [InlineData("metrics.jsonl", """{"epoch": 1""", "metrics.jsonl (line 1) is no file of a run")]
    [InlineData("metrics.jsonl", "\n", "metrics.jsonl (line 1) is no file of a run")]
    [InlineData("leaks.json", """{"sharedPaths": 1, "firstPaths": [null], "equalCrops": null, "firstCrops": []}""", "a path is null")]
    [InlineData("leaks.json", """{"sharedPaths": 1, "firstPaths": ["\ud800"], "equalCrops": null, "firstCrops": []}""", "leaks.json is no file of a run")]
    [InlineData(Test + ".json", "[]", "affectnet-1-test.json is no file of a run")]
    [InlineData(Test + ".csv", "a,b\n1,2\n", "its columns are not those of predictions")]
    [InlineData(Test + ".csv", "list,image_path,face_index,valence,arousal,predicted_valence,predicted_arousal\ntest,a.jpg,0,0,0,0,x\n", "row 1: ")]
    [InlineData(Test + ".csv", "list,image_path,face_index,valence,arousal,predicted_valence,predicted_arousal\ntest,a.jpg,0,0,0,0,NaN\n", "predicted_arousal is no number")]
    [InlineData(Test + ".csv", "list,image_path,face_index,valence,arousal,predicted_valence,predicted_arousal\ntest,a.jpg,0,0,0,0,0\n", "it has 1 row, and the numbers beside it are of ")]
    [InlineData(Test + ".csv", "list,image_path,face_index,valence,arousal,predicted_valence,predicted_arousal\ntest,\"a.jpg,0,0,0,0,0\n", "row 1: ")]
    public async Task AlteredFile_EndsReportWithOneLineThatNamesIt(string file, string content, string words)
    {
        using var run = new CopiedRun(made.First);
        await File.WriteAllTextAsync(run[file], content, TestContext.Current.CancellationToken);
        await AssertRefusedAsync(run, words);
    }

    [Fact]
    public async Task FileLargerThanAnyOfARun_IsRefusedUnread()
    {
        using var run = new CopiedRun(made.First);
        using (var file = File.OpenWrite(run["metrics.jsonl"])) file.SetLength(1L << 40);
        await AssertRefusedAsync(run, "metrics.jsonl is no file of a run: it has more than 16.0 MiB");
    }

    [Fact]
    public async Task EvaluationWithoutItsGrid_IsRefused()
    {
        using var run = new CopiedRun(made.First);
        run.Edit(Test + ".json", numbers => numbers.Remove("grid"));
        await AssertRefusedAsync(run, "'grid'");
    }

    [Fact]
    public async Task EvaluationOfAListWithoutAName_IsRefused()
    {
        using var run = new CopiedRun(made.First);
        run.Edit(Test + ".json", numbers => numbers["lists"] = new JsonArray((JsonNode?)null));
        await AssertRefusedAsync(run, "a text is null");
    }

    [Fact]
    public async Task LinkOutOfTheFolder_IsRefused()
    {
        using var run = new CopiedRun(made.First);
        File.Delete(run["leaks.json"]);
        File.CreateSymbolicLink(run["leaks.json"], "/etc/hostname");
        await AssertRefusedAsync(run, "a link that leads out of the folder");
    }

    [Fact]
    public async Task Pipe_IsNotWaitedFor()
    {
        using var run = new CopiedRun(made.First);
        File.Delete(run["config.json"]);
        using (var pipe = Process.Start("mkfifo", [run["config.json"]])) await pipe.WaitForExitAsync(TestContext.Current.CancellationToken);
        await AssertRefusedAsync(run, "holds no run: there is no config.json in it.", 2, "usage");
    }

    [Fact]
    public async Task RunThatHasOnlyBegun_HasAPageThatSaysWhatIsNotThereYet()
    {
        using var run = new CopiedRun(made.First);
        Directory.Delete(run["evaluations"], recursive: true);
        foreach (var file in (string[])["metrics.jsonl", "leaks.json"]) File.Delete(run[file]);
        await EyeSlotsProgram.JsonAsync("report", "--run", run.Folder, "--out", run.Page);
        var page = await File.ReadAllTextAsync(run.Page, TestContext.Current.CancellationToken);
        Assert.Contains("The first epoch has not ended yet.", page, StringComparison.Ordinal);
        Assert.Contains("No evaluation lies in the folder", page, StringComparison.Ordinal);
        Assert.Contains("does not stand in the folder", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DatasetThatIsGone_LeavesOutThePicturesAndSaysSo()
    {
        using var run = new CopiedRun(made.First);
        run.Edit("config.json", config => config["data"]!["root"] = "/nowhere/at/all");
        var result = await EyeSlotsProgram.RunAsync("report", "--run", run.Folder, "--out", run.Page, "--json");
        Assert.Equal((0, 0), (result.ExitCode, result.Json.GetProperty("pictures").GetInt32()));
        Assert.Contains("lacks pictures of faces", Assert.Single(result.Errors.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    private static async Task AssertRefusedAsync(CopiedRun run, string words, int exitCode = 1, string code = "checkpoint-damaged")
    {
        var result = await EyeSlotsProgram.RunAsync("report", "--run", run.Folder, "--out", run.Page);
        var line = Assert.Single(result.Errors.TrimEnd('\n').Split('\n'));
        Assert.StartsWith($"error {code}: ", line, StringComparison.Ordinal);
        Assert.Contains(words, line, StringComparison.Ordinal);
        Assert.Equal((exitCode, ""), (result.ExitCode, result.Output));
        Assert.False(File.Exists(run.Page));
    }
}
