using System.Runtime.InteropServices;
using System.Text.Json;

namespace EyeSlots.Integration.Tests.Cli;

/// <summary>The whole way, as a newcomer meets it.</summary>
public sealed class DemoTests
{
    private const int Interrupt = 2;

    [Fact]
    public async Task Demo_RunsToTheEndTwiceAndRejectsWhatItDrewBroken()
    {
        using var scratch = new Scratch();
        var first = await EyeSlotsProgram.JsonAsync("demo", "--to", scratch.Folder, "--faces", "400");
        Assert.True(first.GetProperty("verified").GetProperty("clean").GetBoolean());
        Assert.True(first.GetProperty("bestValenceCcc").GetDouble() is > 0.8 and < 1);
        foreach (var picture in first.GetProperty("pictures").EnumerateArray())
        {
            Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], (await File.ReadAllBytesAsync(picture.GetString()!, TestContext.Current.CancellationToken))[..4]);
        }

        string[] pages = [.. first.GetProperty("pages").EnumerateArray().Select(page => page.GetString()!)];
        Assert.Equal([scratch["data.html"], scratch["run.html"]], pages);
        var written = pages.Select(File.ReadAllText).ToArray();
        foreach (var page in written) Assert.Contains("data:image/", page, StringComparison.Ordinal);

        Assert.Equal(10, first.GetProperty("trained").GetProperty("epochs").GetInt32());
        Assert.True(File.Exists(Path.Combine(first.GetProperty("trained").GetProperty("model").GetString()!, "model.safetensors")));
        Assert.True(first.GetProperty("test").GetProperty("rows").GetInt32() > 20);
        Assert.True(FloorOf(first, "arousal", "linear") > FloorOf(first, "arousal", "mean"));

        var second = await EyeSlotsProgram.JsonAsync("demo", "--to", scratch.Folder, "--faces", "400");
        Assert.Equal(0, second.GetProperty("run").GetProperty("shardsMade").GetInt32());
        Assert.Equal(written, pages.Select(File.ReadAllText));
        foreach (var same in (string[])["trained", "test"]) Assert.Equal(first.GetProperty(same).GetRawText(), second.GetProperty(same).GetRawText());
    }

    [Fact]
    public async Task Demo_WithoutTheTrainer_SaysSoBeforeItDrawsAnything()
    {
        using var scratch = new Scratch();
        var run = await EyeSlotsProgram.RunAsync(new Dictionary<string, string> { ["EYESLOTS_TRAINER"] = scratch["none"] }, "demo", "--to", scratch["demo"], "--json");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("trainer-missing", run.Json.GetProperty("error").GetProperty("code").GetString());
        Assert.False(Directory.Exists(scratch["demo"]));
    }

    [Fact]
    public async Task Demo_InterruptedWhileItTrains_GoesOnWhereItWas()
    {
        using var scratch = new Scratch();
        string[] arguments = ["demo", "--to", scratch.Folder, "--faces", "1000", "--json"];
        using (var process = EyeSlotsProgram.Start(new Dictionary<string, string>(), arguments))
        {
            while (!process.HasExited && !File.Exists(scratch["run-1000/metrics.jsonl"])) await Task.Delay(50, TestContext.Current.CancellationToken);
            Assert.Equal(0, Kill(process.Id, Interrupt));
            var stopped = await EyeSlotsProgram.EndAsync(process);
            Assert.Equal(130, stopped.ExitCode);
        }

        var epochs = (await File.ReadAllLinesAsync(scratch["run-1000/metrics.jsonl"], TestContext.Current.CancellationToken)).Length;
        Assert.InRange(epochs, 1, 9);
        Assert.Equal(10, (await EyeSlotsProgram.JsonAsync(arguments[..^1])).GetProperty("trained").GetProperty("epochs").GetInt32());
    }

    private static double FloorOf(JsonElement demo, string output, string floor) =>
        demo.GetProperty("test").GetProperty(output).GetProperty("floors").GetProperty(floor).GetProperty("ccc").GetDouble();

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);

    [Theory]
    [InlineData("2017")]
    [InlineData("2017-hash")]
    [InlineData("2017-no-header")]
    [InlineData("2021")]
    public async Task Synth_EveryLayoutWithEveryDefect_IsRejectedExactlyAsForetold(string layout)
    {
        using var scratch = new Scratch();
        var drawn = await EyeSlotsProgram.JsonAsync("synth", "--out", scratch["drawn"], "--faces", "400", "--defects", "0.3", "--layout", layout, "--nesting", "2", "--side", "160");
        string[] lists = [.. drawn.GetProperty("lists").EnumerateArray().Select(list => list.GetString()!)];
        var run = await EyeSlotsProgram.JsonAsync(["preprocess", "--annotations", .. lists, "--images", scratch["drawn"], "--out", scratch["out"], "--max-rejected", "1"]);
        Assert.Equal(400, run.GetProperty("faces").GetInt32());
        var expected = drawn.GetProperty("expectedRejects").EnumerateObject().ToDictionary(code => code.Name, code => code.Value.GetInt32());
        Assert.Equal(expected, run.GetProperty("rejected").EnumerateObject().Where(code => code.Value.GetInt32() > 0).ToDictionary(code => code.Name, code => code.Value.GetInt32()));
        Assert.True(expected.Count >= 4);
    }

    [Fact]
    public async Task Duplicates_FindACopyInTheOtherList()
    {
        using var scratch = new Scratch();
        await EyeSlotsProgram.JsonAsync("synth", "--out", scratch["drawn"], "--faces", "120", "--nesting", "0", "--side", "200");
        var rows = await File.ReadAllLinesAsync(scratch["drawn/training.csv"], TestContext.Current.CancellationToken);
        await File.AppendAllLinesAsync(scratch["drawn/validation.csv"], [rows[5]], TestContext.Current.CancellationToken);
        await EyeSlotsProgram.JsonAsync("preprocess", "--annotations", scratch["drawn/training.csv"], scratch["drawn/validation.csv"], "--images", scratch["drawn"], "--out", scratch["out"]);
        var found = await EyeSlotsProgram.JsonAsync("duplicates", "--out", scratch["out"]);
        Assert.Equal(1, found.GetProperty("groupsAcrossLists").GetInt32());
        Assert.Equal(2, found.GetProperty("duplicateFaces").GetInt32());
    }
}
