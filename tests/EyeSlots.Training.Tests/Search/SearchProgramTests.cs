using System.Text.Json;
using EyeSlots.Core;
using EyeSlots.Integration.Tests;
using EyeSlots.Integration.Tests.Cli;
using EyeSlots.Training.Runs;
using EyeSlots.Training.Tests.Runs;

namespace EyeSlots.Training.Tests.Search;

/// <summary><c>train --search</c> as users call it: real processes, which train really.</summary>
[Collection(TrainerRuns.Name)]
public sealed class SearchProgramTests(TrainingSet set) : IDisposable
{
    private static readonly string[] Names = ["rate-0.003-seed-1", "rate-0.003-seed-2", "rate-0.0001-seed-1", "rate-0.0001-seed-2"];
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task Search_KilledInTheMiddleAndStartedAgain_EndsWithTheFileOfAnUndisturbedOne()
    {
        var undisturbed = await TrainerProcess.SucceedAsync(Line(scratch["undisturbed"]));
        Assert.StartsWith("rate-0.003", undisturbed.Json.GetProperty("bestRun").GetString(), StringComparison.Ordinal);
        for (var killed = 0; killed < LongRun.Count(2, 8); killed++)
        {
            // Every second one trains two runs side by side.
            var (folder, devices) = (scratch[$"killed{killed}"], killed % 2 == 0 ? "cpu" : "cpu,cpu");
            await KillAsync(folder, devices, Names[(killed + 1) % Names.Length]);
            TrainerProcess.AssertFailed(await TrainerProcess.RunAsync(Line(folder)), ErrorCodes.RunExists, "holds a search already");
            var pins = Pins().Length;
            var again = await TrainerProcess.SucceedAsync(Line(folder, "--resume", "--devices", devices));
            Assert.Equal(undisturbed.Output, again.Output);
            Assert.Equal(await File.ReadAllBytesAsync(Report(scratch["undisturbed"])), await File.ReadAllBytesAsync(Report(folder)));
            foreach (var name in Names) Assert.Equal(Scratch.Tree(scratch["undisturbed"], Path.Combine(name, "best")), Scratch.Tree(folder, Path.Combine(name, "best")));
            Assert.True(Pins().Length < pins, "The search's pin, and those of the runs that were killed, are gone.");
        }
    }

    [Fact]
    public async Task Search_JudgesEachRunAsEvaluateDoesAndSaysHowFarTheBestIsAhead()
    {
        var report = (await TrainerProcess.SucceedAsync(Line(scratch["search"]))).Json;
        Assert.Equal(Names, report.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("folder").GetString()));
        foreach (var run in report.GetProperty("runs").EnumerateArray().Take(2))
        {
            var evaluated = (await TrainerProcess.SucceedAsync(
                ["evaluate", "--run", Path.Combine(scratch["search"], run.GetProperty("folder").GetString()!), "--data", set.Root, "--dataset", "faces", "--lists", "validation", "--threads", "1", "--json"])).Json;
            Assert.Equal(evaluated.GetProperty("meanCcc").GetDouble(), run.GetProperty("meanCcc").GetDouble());
            Assert.Equal(evaluated.GetProperty("valence").GetProperty("intervals").GetRawText(), run.GetProperty("valence").GetProperty("intervals").GetRawText());
        }

        var rates = report.GetProperty("rates").EnumerateArray().Select(rate => rate.GetProperty("meanCcc").GetDouble()).ToArray();
        Assert.Equal(rates.Max(), report.GetProperty("best").GetProperty("meanCcc").GetDouble());
        var ahead = Assert.Single(report.GetProperty("ahead").EnumerateArray());
        Assert.Equal(rates.Max() - rates.Min(), ahead.GetProperty("meanCccDifference").GetDouble());
        Assert.InRange(rates.Max() - rates.Min(), ahead.GetProperty("interval")[0].GetDouble(), ahead.GetProperty("interval")[1].GetDouble());
    }

    [Fact]
    public async Task Search_WithARateThatDiverges_SaysSoAndGoesOn()
    {
        var report = (await TrainerProcess.SucceedAsync(Line(scratch["search"], "--rates", "1e30,0.003", "--seeds", "1"))).Json;
        Assert.Equal([true, false], report.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("diverged").GetBoolean()));
        Assert.Equal(0.003, report.GetProperty("best").GetProperty("learningRate").GetDouble());
        Assert.Empty(report.GetProperty("ahead").EnumerateArray());
        TrainerProcess.AssertFailed(await TrainerProcess.RunAsync(Line(scratch["none"], "--rates", "1e30", "1e31", "--seeds", "1")), ErrorCodes.Diverged, "Every run of");
    }

    [Theory]
    [InlineData(TrainerProcess.Interrupt)]
    [InlineData(TrainerProcess.Terminate)]
    public async Task Search_Stopped_LeavesNoProcessAndACheckpoint(int signal)
    {
        var checkpoints = Path.Combine(scratch["search"], Names[0], "checkpoints");
        using var process = TrainerProcess.Start(Line(scratch["search"], "--epochs", "1000", "--checkpoint-every", "0s"));
        Assert.True(TrainerProcess.WaitFor(process, () => TrainerProcess.Has(checkpoints, "*.safetensors")));
        Assert.Equal(0, TrainerProcess.Signal(process.Id, signal));
        TrainerProcess.AssertFailed(await EyeSlotsProgram.EndAsync(process), ErrorCodes.Interrupted, "Go on with --resume.", exitCode: 130);
        Assert.True(TrainerProcess.Has(checkpoints, "*.safetensors"));
        RunFolder.Open(Path.Combine(scratch["search"], Names[0]), resume: true).Dispose(); // No process works in it any more.
    }

    [Fact]
    public async Task Search_OfAWrongLine_IsRefused()
    {
        await FailsAsync("--rates is for a search; add --search", [.. set.Line(scratch["run"]), "--rates", "1e-3"]);
        await FailsAsync("--learning-rate is for a single run; a search takes --rates", [.. set.Line(scratch["run"]), "--search"]);
        await FailsAsync("--seed is for a single run; a search takes --seeds", [.. Line(scratch["run"]), "--seed", "1"]);
        await FailsAsync("--device is for a single run; a search takes --devices", [.. Line(scratch["run"]), "--device", "cpu", "--devices", "cpu"]);
        await FailsAsync("--rates takes numbers, not 'fast'", Line(scratch["run"], "--rates", "fast"));
        await FailsAsync("--rates must be above 0 and finite, not -1", Line(scratch["run"], "--rates", "0.1", "-1"));
        await FailsAsync("--rates names one twice", Line(scratch["run"], "--rates", "0.1", "1e-1"));
        await FailsAsync("--seeds takes whole numbers, not '1.5'", Line(scratch["run"], "--seeds", "1.5"));
        await FailsAsync("--devices takes auto, cpu, cuda or cuda:N, not 'gpu'", Line(scratch["run"], "--devices", "gpu"));
        await FailsAsync("--rates times --seeds must lie between 2 and 100, not 1", Line(scratch["run"], "--rates", "0.1", "--seeds", "1"));
        Assert.False(Directory.Exists(scratch["run"]));
    }

    [Fact]
    public async Task Search_WhereARunLies_AndARunWhereASearchLies_AreRefused()
    {
        TrainerProcess.AssertFailed(await TrainerProcess.RunAsync(Line(set.Undisturbed, "--resume")), ErrorCodes.RunExists, "holds a single run");
        var leaking = await TrainerProcess.RunAsync(Line(scratch["search"], "--validation", "nothing"));
        TrainerProcess.AssertFailed(leaking, ErrorCodes.Usage, "its lists are", exitCode: 2);
        await TrainerProcess.SucceedAsync(Line(scratch["search"], "--seeds", "1"));
        TrainerProcess.AssertFailed(await set.TrainAsync(scratch["search"], "--resume"), ErrorCodes.RunExists, "holds a search");
        TrainerProcess.AssertFailed(await TrainerProcess.RunAsync(Line(scratch["search"], "--seeds", "1", "--resume", "--epochs", "1")), ErrorCodes.RunMismatch, "--epochs 2, not 1");
    }

    // Other tests' runs that were killed have left theirs.
    private string[] Pins() => Directory.GetFiles(Path.Combine(set.Root, "pins"));

    // When a run has begun and is in the middle.
    private async Task KillAsync(string folder, string devices, string run)
    {
        using var process = TrainerProcess.Start(Line(folder, "--devices", devices, "--checkpoint-every", "0s"));
        Assert.True(TrainerProcess.WaitFor(process, () => TrainerProcess.Has(Path.Combine(folder, run, "checkpoints"), "*.safetensors")));
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.False(File.Exists(Report(folder)));
    }

    private static string Report(string folder) => Path.Combine(folder, "search.json");

    private string[] Line(string folder, params string[] more)
    {
        var line = set.Line(folder, ["--search", "--rates", "0.003", "0.0001", "--seeds", "1", "2", "--epochs", "2", .. more]).ToList();
        line.RemoveRange(line.IndexOf("--learning-rate"), 2);
        return [.. line];
    }

    private static async Task FailsAsync(string text, string[] line) => TrainerProcess.AssertFailed(await TrainerProcess.RunAsync(line), ErrorCodes.Usage, text, exitCode: 2);
}
