using System.Diagnostics;

namespace EyeSlots.Integration.Tests.Cli;

/// <summary>
/// How <c>eyeslots</c> becomes the trainer. A shell script stands in its place where it matters what the other program is given; whatever
/// the trainer itself does is tested with the trainer.
/// </summary>
public sealed class TrainerTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData("train")]
    [InlineData("evaluate", "--help")]
    [InlineData("predict", "--run", "r")]
    public async Task TrainerThatIsMissing_IsToldWithWhereItWasLookedForAndHowToGetIt(params string[] arguments)
    {
        var plain = await RunAsync(scratch["none"], arguments);
        Assert.Equal((1, ""), (plain.ExitCode, plain.Output));
        Assert.StartsWith("error trainer-missing: ", Assert.Single(plain.Errors.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
        var json = await RunAsync(scratch["none"], [.. arguments, "--json"]);
        Assert.Equal((1, ""), (json.ExitCode, json.Errors));
        var error = json.Json.GetProperty("error");
        Assert.Equal("trainer-missing", error.GetProperty("code").GetString());
        Assert.Contains(scratch["none"], error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains("./eyeslots train", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TrainerThatCannotBeStarted_IsTold()
    {
        await File.WriteAllTextAsync(scratch["text"], "no program", TestContext.Current.CancellationToken);
        var result = await RunAsync(scratch["text"], "train");
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith($"error trainer-missing: The program that trains cannot be started: {scratch["text"]}: ", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arguments_OutputsAndExitCode_AreThoseOfTheTrainer()
    {
        var script = Script("for word in \"$@\"; do echo \"<$word>\"; done; echo \"process $$\"; echo told >&2; exit 7");
        using var process = EyeSlotsProgram.StartOther(EyeSlotsProgram.Path, With(script), "--log-level", "debug", "train", "--help", "two words", "", "*");
        var result = await EyeSlotsProgram.EndAsync(process);
        Assert.Equal(7, result.ExitCode);
        Assert.Equal($"<--log-level>\n<debug>\n<train>\n<--help>\n<two words>\n<>\n<*>\nprocess {process.Id}\n", result.Output);
        Assert.Equal("told\n", result.Errors);
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task Signals_ReachTheTrainerAsIfItHadBeenStarted(string signal, int exitCode)
    {
        using var process = EyeSlotsProgram.Start(With(Script("echo here; exec sleep 100")), "train");
        Assert.Equal("here", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        using var kill = Process.Start("kill", ["-s", signal, process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        Assert.Equal(exitCode, (await EyeSlotsProgram.EndAsync(process)).ExitCode);
    }

    [Fact]
    public async Task Training_Interrupted_EndsWith130AndLeavesARunToGoOnWith()
    {
        await EyeSlotsProgram.JsonAsync("synth", "--out", scratch["drawn"], "--faces", "200", "--side", "120");
        await EyeSlotsProgram.JsonAsync("preprocess", "--annotations", scratch["drawn/training.csv"], scratch["drawn/validation.csv"], "--images", scratch["drawn"], "--out", scratch["out"]);
        string[] line = ["train", "--data", scratch["out"], "--train", "training", "--validation", "validation", "--run", scratch["run"], "--model", "tiny", "--json"];
        using var process = EyeSlotsProgram.Start(new Dictionary<string, string>(), [.. line, "--epochs", "100000", "--checkpoint-every", "0s"]);
        while (!process.HasExited && !(Directory.Exists(scratch["run/checkpoints"]) && Directory.EnumerateFiles(scratch["run/checkpoints"]).Any())) await Task.Delay(50, TestContext.Current.CancellationToken);
        using var kill = Process.Start("kill", ["-s", "INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        var stopped = await EyeSlotsProgram.EndAsync(process);
        Assert.True(stopped.ExitCode == 130, stopped.Output + stopped.Errors);
        Assert.Equal("interrupted", stopped.Json.GetProperty("error").GetProperty("code").GetString());

        var again = await EyeSlotsProgram.RunAsync([.. line, "--epochs", "2"]);
        Assert.Equal((1, "run-exists"), (again.ExitCode, again.Json.GetProperty("error").GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Help_OfTheTrainersCommands_NeedsNoLibtorch()
    {
        var result = await EyeSlotsProgram.RunAsync(new Dictionary<string, string> { ["EYESLOTS_LIBTORCH"] = scratch["none"] }, "train", "--help");
        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        Assert.Contains("eyeslots train [options]", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_WithoutTheTrainer_SaysHowToGetItAndDoesNotFail()
    {
        var result = await RunAsync(scratch["none"], "doctor", "--json");
        Assert.Equal(0, result.ExitCode);
        var check = Assert.Single(Checks(result), check => check.Name.StartsWith("training", StringComparison.Ordinal));
        Assert.Equal(("training", true), (check.Name, check.Passed));
        Assert.Contains("./eyeslots train", check.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_WithTheTrainer_SaysWhatLibtorchAndDevicesThereAre()
    {
        var result = await RunAsync(EyeSlotsProgram.Trainer, "doctor", "--json");
        Assert.True(result.ExitCode == 0, result.Output + result.Errors);
        var checks = Checks(result).Where(check => check.Name.StartsWith("training", StringComparison.Ordinal)).ToList();
        Assert.Superset(new HashSet<string> { "training", "training: libtorch", "training: device", "training: training step" }, checks.Select(check => check.Name).ToHashSet());
        Assert.Contains("libtorch", checks[1].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_WithALibtorchThatIsNotThere_FailsAndNamesIt()
    {
        var result = await EyeSlotsProgram.RunAsync(new Dictionary<string, string> { ["EYESLOTS_LIBTORCH"] = scratch["none"] }, "doctor", "--json");
        Assert.Equal(1, result.ExitCode);
        var failed = Assert.Single(Checks(result), check => !check.Passed);
        Assert.StartsWith($"libtorch-missing: There is no libtorch.so in {scratch["none"]}", failed.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_WithATrainerThatAnswersNothing_Fails()
    {
        var result = await RunAsync(Script("echo nothing of use"), "doctor", "--json");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("printed no result", Assert.Single(Checks(result), check => !check.Passed).Detail, StringComparison.Ordinal);
    }

    private static IEnumerable<(string Name, bool Passed, string Detail)> Checks(ProgramResult result) => result.Json.GetProperty("checks").EnumerateArray()
        .Select(check => (check.GetProperty("check").GetString()!, check.GetProperty("passed").GetBoolean(), check.GetProperty("detail").GetString()!));

    private static Task<ProgramResult> RunAsync(string trainer, params string[] arguments) => EyeSlotsProgram.RunAsync(With(trainer), arguments);

    private static Dictionary<string, string> With(string trainer) => new() { ["EYESLOTS_TRAINER"] = trainer };

    private string Script(string text)
    {
        File.WriteAllText(scratch["trainer"], "#!/bin/sh\n" + text + "\n");
        using var mode = Process.Start("chmod", ["+x", scratch["trainer"]]);
        mode.WaitForExit();
        return scratch["trainer"];
    }
}
