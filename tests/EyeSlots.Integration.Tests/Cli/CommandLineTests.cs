namespace EyeSlots.Integration.Tests.Cli;

/// <summary>Help, wrong command lines, and how failures are told.</summary>
public sealed class CommandLineTests
{
    public static TheoryData<string> Commands => ["demo", "synth", "preprocess", "inspect", "verify", "diff", "duplicates", "train", "evaluate", "predict", "compare", "export", "report", "gc", "doctor"];

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
    [InlineData("preprocess", "--annotations", "a.csv", "--images", "s3:/b/x", "--out", "o")]
    [InlineData("preprocess", "--annotations", "dbfs:/a.csv", "--images", "i", "--out", "o")]
    [InlineData("preprocess", "--annotations", "a.csv", "--images", "i", "--out", "gs://o")]
    [InlineData("inspect", "--out", "hdfs:/o")]
    [InlineData("verify", "--out", "~nobody/o")]
    [InlineData("doctor", "--images", "https://host/i")]
    [InlineData("synth", "s3://bucket/faces")]
    [InlineData("inspect", "--out", "o", "-0")]
    [InlineData("gc")]
    [InlineData("gc", "--out", "a", "--out", "b")]
    [InlineData("inspect", "--out", "a", "--out", "b")]
    [InlineData("gc", "out", "--grace", "soon")]
    [InlineData("gc", "out", "--keep", "0")]
    [InlineData("diff", "--out", "out")]
    [InlineData("inspect", "--overlay", "x.jpg")]
    [InlineData("gc", "out", "--grace", "9999d")]
    [InlineData("gc", "")]
    [InlineData("preprocess", "--annotations", "a.csv", "--images", "i", "--out", "o", "--format", "raw", "--size", "1024x1024")]
    [InlineData("preprocess", "--annotations", "a.csv", "--images", "i", "--out", "o", "--format", "png", "--quality", "80")]
    [InlineData("preprocess", "--annotations", "a.csv", "--images", "i", "--out", "o", "--format", "gif")]
    [InlineData("preprocess", "--annotations", "a.csv", "--images", "i", "--out", "o", "--memory", "1MB")]
    [InlineData("preprocess", "--annotations", "a.csv", "--images", "i", "--out", "o", "--memory", "9999999999999GB")]
    [InlineData("preprocess", "--annotations", "a.csv", "--images", "i", "--out", "o", "--workers", "0")]
    [InlineData("preprocess", "--annotations", "a.csv", "--images", "i", "--out", "o", "--workers", "99999999999")]
    [InlineData("preprocess", "--annotations", "a.csv", "--images", "i", "--out", "o", "--min-coverage", "-1")]
    [InlineData("preprocess", "--annotations", "a.csv", "--images", "i", "--out", "o", "--max-rejected", "NaN")]
    [InlineData("preprocess", "--annotations", "a.csv", "--images", "i", "--out", "o", "--max-pixels", "0")]
    [InlineData("preprocess", "--annotations", "a.csv", "--images", "i", "--out", "o", "--remote", "sc://h")]
    [InlineData("preprocess", "--annotations", "a.csv", "--images", "i", "--out", "o", "--engine", "spark")]
    [InlineData("preprocess", "--annotations", "a.csv", "--images", "i", "--out", "o", "--engine", "spark", "--remote", "http://h")]
    [InlineData("preprocess", "--annotations", "a.csv", "--images", "i", "--out", "o", "--engine", "spark", "--remote", "sc://h", "--spark-level", "34")]
    [InlineData("preprocess", "--annotations", "a.csv", "--images", "i", "--out", "")]
    [InlineData("doctor", "--spark-level", "41")]
    [InlineData("duplicates", "--out", "o", "--distance", "17")]
    [InlineData("demo", "--faces", "49")]
    [InlineData("demo", "--engine", "spark")]
    [InlineData("synth", "--out", "o", "--defects", "thumbs=0.7,bomb=0.7")]
    [InlineData("synth", "--out", "o", "--side", "7")]
    [InlineData("synth", "--out", "o", "--sizes", "affectnet", "--side", "425")]
    [InlineData("synth", "--out", "o", "--sizes", "affectnet", "--layout", "2021")]
    [InlineData("inspect", "--out", "o", "--sample", "0")]
    [InlineData("verify", "--out", "o", "--generation", "0")]
    [InlineData("train")]
    [InlineData("train", "--data", "o", "--train", "a", "--validation", "b", "--run", "r", "--loss", "l1")]
    [InlineData("train", "--data", "o", "--train", "a", "--validation", "b", "--run", "r", "--device", "gpu")]
    [InlineData("train", "--data", "o", "--train", "a", "--validation", "b", "--run", "r", "--threads", "0")]
    [InlineData("train", "--data", "o", "--train", "a", "--validation", "b", "--run", "r", "--model", "M3")]
    [InlineData("train", "--data", "o", "--train", "a", "b", "--validation", "b", "--run", "r")]
    [InlineData("train", "--data", "o", "--train", "a", "--validation", "b", "--run", "s3://bucket/run")]
    [InlineData("evaluate", "--run", "r", "--data", "o")]
    [InlineData("compare", "--run", "r", "--data", "o", "--lists", "a")]
    [InlineData("evaluate", "--run", "r", "--data", "o", "--lists", "a", "--threads", "0")]
    [InlineData("evaluate", "--run", "r", "--data", "o", "--lists", "a", "--predictions", "p.txt")]
    [InlineData("predict", "--run", "r", "--images", "i", "--annotations", "a.csv", "--out", "p.xlsx")]
    [InlineData("export", "--run", "r", "--out", "eyes.pt")]
    [InlineData("export", "--run", "r", "s", "--out", "eyes.onnx")]
    [InlineData("report")]
    [InlineData("report", "--run", "r", "--data", "o", "--out", "page.html")]
    [InlineData("report", "--data", "o", "--out", "page.pdf")]
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

    [Theory]
    [InlineData("synth", "--out", "o", "--faces", "x", "--faces takes a whole number, not 'x'.")]
    [InlineData("synth", "--out", "o", "--noise", "x", "--noise takes a number, not 'x'.")]
    [InlineData("synth", "--out", "o", "--layout", "2018", "--layout takes 2017, 2017-hash, 2017-no-header, 2021, not '2018'.")]
    [InlineData("verify", "--out", "o", "--generation", "99999999999", "--generation takes a whole number, not '99999999999'.")]
    [InlineData("gc", "--out", "o", "--grace", "soon", "--grace takes a time such as 90s, 30m, 24h or 7d, not 'soon'.")]
    [InlineData("gc", "--out", "o", "--grace", "", "--grace must not be empty.")]
    public async Task WrongValue_IsToldInWordsThatNameNoTypeOfTheProgram(string command, string root, string value, string option, string wrong, string text)
    {
        var result = await EyeSlotsProgram.RunAsync(command, root, value, option, wrong);
        Assert.StartsWith($"error usage: {text} ", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gc", "--grace <TIME>", "[default: 24h]")]
    [InlineData("preprocess", "--memory <512MB|2GB>", "[default: 512MB]")]
    [InlineData("synth", "--side <N|FROM-TO>", "[default: 224-956]")]
    [InlineData("synth", "--sizes <even|affectnet>", "[default: even]")]
    [InlineData("train", "--loss <mse|ccc|both>", "[default: mse]")]
    [InlineData("train", "--cache-size <20GB>", "[default: 20GB]")]
    public async Task Help_ShowsDefaultsAsTheOptionTakesThem(string command, string option, string text)
    {
        var help = await EyeSlotsProgram.RunAsync(command, "--help");
        var line = help.Output.Split('\n').Single(line => line.Contains(option, StringComparison.Ordinal));
        Assert.EndsWith(text, line.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task BadSettingOfTheEnvironment_IsToldAsAnyOtherFailure()
    {
        Dictionary<string, string> environment = new() { ["AWS_ENDPOINT_URL_S3"] = "host:9000" };
        var plain = await EyeSlotsProgram.RunAsync(environment, "inspect", "--out", "s3://bucket");
        Assert.Equal(2, plain.ExitCode);
        Assert.StartsWith("error usage: ", plain.Errors, StringComparison.Ordinal);
        Assert.Single(plain.Errors.TrimEnd('\n').Split('\n'));
        var json = await EyeSlotsProgram.RunAsync(environment, "inspect", "--out", "s3://bucket", "--json");
        Assert.Equal("usage", json.Json.GetProperty("error").GetProperty("code").GetString());
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
