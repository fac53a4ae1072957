using EyeSlots.Integration.Tests;
using EyeSlots.Integration.Tests.Cli;

namespace EyeSlots.Training.Tests.Runs;

/// <summary>What somebody at a terminal sees of a run (script(1) is the terminal), and what a file gets instead.</summary>
[Collection(TrainerRuns.Name)]
public sealed class TerminalTests(TrainingSet set)
{
    [Fact]
    public async Task Train_OnATerminal_ShowsWhereItIsAndThenTheBestEpoch()
    {
        using var scratch = new Scratch();
        var line = string.Join(' ', set.Line(scratch["run"], "--epochs", "30").SkipLast(1).Select(word => $"'{word}'"));
        using var process = EyeSlotsProgram.StartOther("script", new Dictionary<string, string> { ["TERM"] = "xterm" }, "-qec", $"stty cols 200; '{EyeSlotsProgram.Trainer}' {line}", "/dev/null");
        var result = await EyeSlotsProgram.EndAsync(process);
        Assert.True(result.ExitCode == 0, result.Output + result.Errors);
        Assert.Matches(@"training [\d,]+ of [\d,]+(, [\d,]+/s, \d:\d\d:\d\d left)?, epoch \d+ of 30, loss \d\.\d{4}, \d+\.\d % waiting", result.Output);
        Assert.Matches(@"best epoch +\d+", result.Output);
        Assert.Matches(@"valence +CCC -?\d\.\d{3}, RMSE \d\.\d{3}", result.Output);
        Assert.Contains(Path.Combine(scratch["run"], "best"), result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_WithoutATerminal_WritesLines()
    {
        using var scratch = new Scratch();
        using var process = TrainerProcess.Start([.. set.Line(scratch["run"]).SkipLast(1)]);
        var result = await EyeSlotsProgram.EndAsync(process);
        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith($"Training smallest on training of {set.Root}", result.Errors, StringComparison.Ordinal);
        Assert.Matches(@"training \d+ of [\d,]+, epoch 1 of 3, loss ", result.Errors);
        Assert.DoesNotContain("\u001b", result.Errors + result.Output, StringComparison.Ordinal);
    }
}
