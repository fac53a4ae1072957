using System.Diagnostics;
using System.Text.Json;
using EyeSlots.Aws.Mailbox;
using EyeSlots.Integration.Tests.Cli;

namespace EyeSlots.Integration.Tests.Aws;

/// <summary>The commands below <c>nightly</c>, as processes against moto, which executes the night's machine; the master is played.</summary>
public sealed partial class NightlyCommandTests(PreparedAccount account) : IClassFixture<PreparedAccount>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("install")]
    [InlineData("run")]
    [InlineData("status")]
    [InlineData("remove")]
    public async Task Help_OfEveryCommand_ShowsAnExampleAndExitCodes(string command)
    {
        var help = await EyeSlotsProgram.RunAsync("nightly", command, "--help");
        Assert.Equal(0, help.ExitCode);
        Assert.Contains($"  eyeslots nightly {command}", help.Output, StringComparison.Ordinal);
        Assert.Contains("130 interrupted", help.Output, StringComparison.Ordinal);
        Assert.Contains("--endpoint-url", help.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nightly")]
    [InlineData("nightly", "install")]
    [InlineData("nightly", "install", "--at", "25:00", "--", "verify", "--out", "s3://b")]
    [InlineData("nightly", "install", "--at", "2 Uhr", "--", "verify", "--out", "s3://b")]
    [InlineData("nightly", "install", "--time-zone", "Europe Vienna", "--", "verify", "--out", "s3://b")]
    [InlineData("nightly", "install", "--hours", "25", "--", "verify", "--out", "s3://b")]
    [InlineData("nightly", "install", "--workers", "65", "--", "verify", "--out", "s3://b")]
    [InlineData("nightly", "install", "--name", "x", "--", "verify", "--out", "s3://b")]
    [InlineData("nightly", "install", "verify", "--out", "s3://b")]
    [InlineData("nightly", "install", "--", "demo")]
    [InlineData("nightly", "install", "--", "verify", "--out", "slots")]
    [InlineData("nightly", "install", "--", "verify", "--out", "s3://b;reboot")]
    [InlineData("nightly", "install", "--", "train", "--data", "s3://b", "--train", "a", "--validation", "b", "--run", "s3://b/runs/1")]
    [InlineData("nightly", "status", "--nights", "0")]
    [InlineData("nightly", "status", "--nights", "101")]
    [InlineData("nightly", "run", "now")]
    [InlineData("nightly", "remove", "--s3-profile", "x")]
    public async Task WrongLine_EndsWithTwoBeforeAnythingIsAsked(params string[] line)
    {
        var result = await EyeSlotsProgram.RunAsync(new Dictionary<string, string> { ["AWS_ENDPOINT_URL"] = "http://127.0.0.1:1", ["AWS_REGION"] = "us-east-1" }, line);
        Assert.True(result.ExitCode == 2, result.Output + result.Errors);
        Assert.StartsWith("error usage: ", result.Errors, StringComparison.Ordinal);
        Assert.Single(result.Errors.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task Nights_AreInstalledRunByHandShownAndRemoved()
    {
        foreach (var command in (string[])["run", "status", "remove"]) Assert.Equal("cluster-missing", await RefusedAsync(command));
        var machine = await InstallAsync(account);
        Assert.Equal("cluster-missing", await RefusedAsync("status", "--region", "eu-west-3"));
        Assert.Empty((await account.JsonAsync("nightly", "status")).GetProperty("nights").EnumerateArray());

        using var night = EyeSlotsProgram.Start(account.Moto.EnvironmentVariables, "nightly", "run");
        var master = new PlayedMaster(account, await NameAsync(night)) { Holds = true, Log = "first line\n" };
        _ = master.PlayAsync(Cancellation);
        await master.Taken.Task.WaitAsync(Cancellation);
        Assert.Equal("cluster-busy", await RefusedAsync("remove"));
        Assert.Equal("RUNNING", Last(await account.JsonAsync("nightly", "status")).GetProperty("status").GetString());
        await master.EndAsync(1);
        var ended = await EyeSlotsProgram.EndAsync(night);
        Assert.True(ended.ExitCode == 0, ended.Output + ended.Errors);
        Assert.Contains("SUCCEEDED after 00:0", ended.Output, StringComparison.Ordinal);
        Assert.Contains("first line\n", ended.Errors, StringComparison.Ordinal);
        await AssertShownAsync(machine);

        await account.JsonAsync("nightly", "remove");
        Assert.Equal("cluster-missing", await RefusedAsync("status"));
    }

    [Fact]
    public async Task ANight_WhoseClientIsStopped_GoesOnAndIsShownWithItsCause()
    {
        await using var other = new PreparedAccount();
        await other.InitializeAsync();
        await InstallAsync(other);
        using var night = EyeSlotsProgram.Start(other.Moto.EnvironmentVariables, "nightly", "run");
        var name = await NameAsync(night);
        var master = new PlayedMaster(other, name) { Holds = true, Result = PlayedMaster.Ended(1, new("shard-damaged", "One shard is damaged.")) };
        _ = master.PlayAsync(Cancellation);
        await master.Taken.Task.WaitAsync(Cancellation);
        using var interrupt = Process.Start("kill", ["-INT", $"{night.Id}"]);
        var stopped = await EyeSlotsProgram.EndAsync(night);
        Assert.Equal(130, stopped.ExitCode);
        Assert.Contains($"error interrupted: Interrupted; the night {name} goes on. 'eyeslots nightly status' shows it.", stopped.Errors, StringComparison.Ordinal);

        await master.EndAsync(1);
        JsonElement last;
        while ((last = Last(await other.JsonAsync("nightly", "status"))).GetProperty("status").GetString() == "RUNNING") await Task.Delay(500, Cancellation);
        Assert.Equal(("FAILED", name), (last.GetProperty("status").GetString(), last.GetProperty("name").GetString()));
        Assert.Contains($"/clusters/{name}/results/0001.failed says how", last.GetProperty("cause").GetString(), StringComparison.Ordinal);
        Assert.Null(await other.StackAsync(name));
    }

    private static JsonElement Last(JsonElement status) => status.GetProperty("nights")[0];

    /// <summary>The night's name, as the program says it on stderr.</summary>
    private static async Task<string> NameAsync(Process night)
    {
        while (await night.StandardError.ReadLineAsync(Cancellation) is { } line)
        {
            if (line.Split(' ') is ["The", "night", var name, "has", ..]) return name;
        }

        throw new InvalidOperationException($"No night began: {(await EyeSlotsProgram.EndAsync(night)).Output}");
    }
}
