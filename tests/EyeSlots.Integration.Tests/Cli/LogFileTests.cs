namespace EyeSlots.Integration.Tests.Cli;

/// <summary>What <c>--log-file</c> holds, and where it cannot be written.</summary>
public sealed class LogFileTests
{
    [Theory]
    [InlineData("folder")]
    [InlineData("file/log")]
    public async Task LogFile_ThatCannotBeWritten_IsSaidOnceAndTheCommandGoesOn(string name)
    {
        using var scratch = new Scratch();
        Directory.CreateDirectory(scratch["folder"]);
        await File.WriteAllTextAsync(scratch["file"], "", TestContext.Current.CancellationToken);
        var result = await EyeSlotsProgram.RunAsync("doctor", "--log-file", scratch[name], "--log-level", "debug", "--json");
        Assert.True(result.Json.GetProperty("healthy").GetBoolean());
        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith($"warning The log file '{scratch[name]}' cannot be written: ", Assert.Single(result.Errors.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LogFile_OnAFullDisk_IsSaidOnceAndTheCommandGoesOn()
    {
        using var scratch = new Scratch();
        await EyeSlotsProgram.JsonAsync("synth", "--out", scratch["drawn"], "--faces", "60", "--side", "100");
        var result = await EyeSlotsProgram.RunAsync("preprocess", "--annotations", scratch["drawn/training.csv"], "--images", scratch["drawn"], "--out", scratch["out"], "--log-file", "/dev/full", "--json");
        Assert.True(result.ExitCode == 0, result.Errors);
        Assert.Single(result.Errors.Split('\n'), line => line.StartsWith("warning The log file '/dev/full' cannot be written: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task LogFile_HoldsWhatTheScreenDoesNotShow()
    {
        using var scratch = new Scratch();
        var result = await EyeSlotsProgram.RunAsync("inspect", "--out", scratch.Folder, "--log-file", scratch["deep/log"]);
        Assert.Single(result.Errors.TrimEnd('\n').Split('\n'));
        Assert.Contains("EyeSlots.Core.EyeSlotsException", await File.ReadAllTextAsync(scratch["deep/log"], TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
