namespace EyeSlots.Integration.Tests.Cli;

/// <summary>Help, wrong command lines, and how failures are told.</summary>
public sealed class CommandLineTests
{
    public static TheoryData<string> Commands => ["demo", "synth", "preprocess", "inspect", "verify", "diff", "duplicates", "gc", "doctor"];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Help_OfEveryCommand_ShowsAnExampleAndExitCodes(string command)
    {
        var help = await EyeSlotsProgram.RunAsync(command, "--help");
        Assert.Equal(0, help.ExitCode);
        Assert.Contains($"  eyeslots {command} ", help.Output.Replace("\n  eyeslots demo\n", "\n  eyeslots demo \n"), StringComparison.Ordinal);
        Assert.Contains("130 interrupted", help.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("preprocess")]
    [InlineData("preprocess", "--annotations", "a.csv", "--images", "i", "--out", "o", "--size", "12")]
    [InlineData("preprocess", "--annotations", "a.csv", "--images", "i", "--out", "o", "--quality", "101")]
    [InlineData("preprocess", "--annotations", "a.csv", "--images", "i", "--out", "o", "--grow-x", "NaN")]
    [InlineData("preprocess", "--annotations", "a.csv", "--images", "i", "--out", "o", "--dataset", "Not A Name")]
    [InlineData("preprocess", "--annotations", "a.csv", "x/A.csv", "--images", "i", "--out", "o")]
    [InlineData("preprocess", "--annotations", "a.csv", "--images", "ftp://i", "--out", "o")]
    [InlineData("preprocess", "--annotations", "a.csv", "--images", "s3://", "--out", "o")]
    [InlineData("gc")]
    [InlineData("gc", "out", "--grace", "soon")]
    [InlineData("gc", "out", "--keep", "0")]
    [InlineData("diff", "--out", "out")]
    [InlineData("inspect", "--overlay", "x.jpg")]
    [InlineData("nothing")]
    public async Task WrongCommandLine_EndsWithTwoAndOneClearLine(params string[] arguments)
    {
        var plain = await EyeSlotsProgram.RunAsync(arguments);
        Assert.Equal(2, plain.ExitCode);
        Assert.Equal("", plain.Output);
        Assert.StartsWith("error usage: ", plain.Errors, StringComparison.Ordinal);
        Assert.Single(plain.Errors.TrimEnd('\n').Split('\n'));

        var json = await EyeSlotsProgram.RunAsync([.. arguments, "--json"]);
        Assert.Equal(2, json.ExitCode);
        Assert.Equal("usage", json.Json.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task MissingList_EndsWithOneAndSaysWhat()
    {
        using var scratch = new Scratch();
        var result = await EyeSlotsProgram.RunAsync("preprocess", "--annotations", scratch["no.csv"], "--images", scratch.Folder, "--out", scratch["out"], "--json");
        Assert.Equal(1, result.ExitCode);
        var error = result.Json.GetProperty("error");
        Assert.Equal("list-unreadable", error.GetProperty("code").GetString());
        Assert.Contains("no.csv", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(scratch["out"]));
    }

    [Theory]
    [InlineData("verify")]
    [InlineData("inspect")]
    [InlineData("duplicates")]
    public async Task DatasetThatIsNotThere_EndsWithOneAndSaysWhatIsThere(string command)
    {
        using var scratch = new Scratch();
        var result = await EyeSlotsProgram.RunAsync(command, "--out", scratch.Folder);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("does not hold a dataset 'affectnet'", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TextOfAList_OnAScreen_IsHarmless()
    {
        using var scratch = new Scratch();
        var bad = "\u001b[31mred[/]/[bold]x.jpg";
        File.WriteAllText(scratch["list.csv"], "subDirectory_filePath,face_x,face_y,face_width,face_height,facial_landmarks,expression,valence,arousal\n" +
            $"{bad},0,0,1,1,1;2,0,0,0\n");
        var made = await EyeSlotsProgram.RunAsync("preprocess", "--annotations", scratch["list.csv"], "--images", scratch.Folder, "--out", scratch["out"], "--max-rejected", "1");
        Assert.True(made.ExitCode == 0, made.Errors);
        var shown = await EyeSlotsProgram.RunAsync("inspect", "--out", scratch["out"]);
        Assert.Equal(0, shown.ExitCode);
        Assert.Contains("landmarks-invalid", shown.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', shown.Output);
        Assert.Contains("[bold]x.jpg", shown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoArguments_ShowHelp()
    {
        var result = await EyeSlotsProgram.RunAsync();
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("preprocess", result.Output, StringComparison.Ordinal);
    }
}
