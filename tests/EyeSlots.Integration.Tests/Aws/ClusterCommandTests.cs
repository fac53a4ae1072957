using EyeSlots.Aws.Mailbox;
using EyeSlots.Integration.Tests.Cli;
using EyeSlots.Integration.Tests.Storage;

namespace EyeSlots.Integration.Tests.Aws;

/// <summary>The commands below <c>cluster</c> but for a run's ends: help, wrong lines, dry runs, checks, and clusters that stay.</summary>
public sealed partial class ClusterCommandTests(PreparedAccount account) : IClassFixture<PreparedAccount>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("prepare")]
    [InlineData("cost")]
    [InlineData("up")]
    [InlineData("run")]
    [InlineData("status")]
    [InlineData("down")]
    public async Task Help_OfEveryCommand_ShowsAnExampleAndExitCodes(string command)
    {
        var help = await EyeSlotsProgram.RunAsync("cluster", command, "--help");
        Assert.Equal(0, help.ExitCode);
        Assert.Contains($"  eyeslots cluster {command}", help.Output, StringComparison.Ordinal);
        Assert.Contains("130 interrupted", help.Output, StringComparison.Ordinal);
        Assert.Contains("--endpoint-url", help.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cluster")]
    [InlineData("cluster", "down")]
    [InlineData("cluster", "down", "Not_A_Name")]
    [InlineData("cluster", "status", "../x")]
    [InlineData("cluster", "cost", "--images-count", "x", "--bytes", "1GB")]
    [InlineData("cluster", "cost", "--images", "s3://a", "--images", "s3://b")]
    [InlineData("cluster", "up", "--region", "")]
    [InlineData("cluster", "up", "--name", "x", "--hours", "25")]
    [InlineData("cluster", "up", "--name", "x", "--workers", "8-2")]
    [InlineData("cluster", "up", "--name", "x", "--on-demand", "9")]
    [InlineData("cluster", "up", "--name", "x", "--master-type", "m5.large")]
    [InlineData("cluster", "up", "--name", "x", "--s3-region", "eu-central-1")]
    [InlineData("cluster", "run")]
    [InlineData("cluster", "run", "verify", "--out", "s3://b")]
    [InlineData("cluster", "run", "--", "demo")]
    [InlineData("cluster", "run", "--", "verify", "--out", "s3://b", "--log-file", "/etc/x")]
    [InlineData("cluster", "run", "--", "verify", "--out", "s3://b;reboot")]
    [InlineData("cluster", "run", "--", "preprocess", "--annotations", "s3://b/l.csv", "--images", "s3://b", "--out", "s3://b", "--remote", "sc://h")]
    [InlineData("cluster", "run", "--trainer-type", "g5.xlarge", "--", "verify", "--out", "s3://b")]
    [InlineData("cluster", "prepare", "--remove", "--spark", "x.tgz")]
    [InlineData("cluster", "prepare", "--vpc", "vpc-01234567")]
    public async Task WrongLine_EndsWithTwoBeforeAnythingIsAsked(params string[] line)
    {
        var result = await EyeSlotsProgram.RunAsync(new Dictionary<string, string> { ["AWS_ENDPOINT_URL"] = "http://127.0.0.1:1", ["AWS_REGION"] = "us-east-1" }, line);
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("error usage: ", result.Errors, StringComparison.Ordinal);
        Assert.Single(result.Errors.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task DryRuns_TellEveryCallAndMakeNoneThatChangesAnything()
    {
        await account.JsonAsync("cluster", "up", "--name", "dry");
        await using var proxy = await AccountProxy.StartAsync(account.Moto);
        var slots = $"s3://{account.DataBucket}/slots";
        foreach (var (line, told) in ((string[], string)[])[
            ([.. account.PrepareLine, "--dry-run"], "UpdateStack"),
            (["cluster", "up", "--name", "other", "--dry-run", "--json"], "cloudformation:CreateStack eyeslots-run-other"),
            (["cluster", "run", "--name", "other", "--dry-run", "--json", "--", "verify", "--out", slots], "cloudformation:DeleteStack eyeslots-run-other"),
            (["cluster", "run", "--name", "dry", "--dry-run", "--json", "--", "verify", "--out", slots], "s3:PutObject"),
            (["cluster", "down", "dry", "--dry-run", "--json"], "cloudformation:DeleteStack eyeslots-run-dry")])
        {
            var result = await EyeSlotsProgram.RunAsync(account.Variables(proxy.EnvironmentVariables), line);
            Assert.True(result.ExitCode == 0, result.Output + result.Errors);
            Assert.Contains(told, result.Json.GetProperty("calls").ToString().Replace("\",\"action\":\"", ":", StringComparison.Ordinal), StringComparison.Ordinal);
        }

        Assert.NotEmpty(proxy.Calls);
        Assert.Empty(proxy.Changes);
        await account.JsonAsync("cluster", "down", "dry");
    }

    [Fact]
    public async Task UpStatusAndDown_AreOneClustersLife()
    {
        var made = await account.JsonAsync("cluster", "up", "--name", "life", "--workers", "2-4", "--hours", "2");
        var stack = await account.StackAsync("life");
        Assert.Equal(stack!.StackId, made.GetProperty("stackId").GetString());
        Assert.Equal("4", stack.Parameters.Single(parameter => parameter.ParameterKey == "MaxWorkers").ParameterValue);
        await account.Mailbox("life").WriteStatusAsync(new() { Phase = ClusterPhase.Gathering, Workers = 1, Seconds = 3, Written = TimeProvider.System.GetUtcNow() }, Cancellation);
        var shown = (await account.JsonAsync("cluster", "status", "life"))[0];
        Assert.Equal(("life", "CREATE_COMPLETE", "gathering", 1), (shown.GetProperty("name").GetString(), shown.GetProperty("status").GetString(), shown.GetProperty("phase").GetString(), shown.GetProperty("workers").GetInt32()));
        Assert.False(shown.GetProperty("overdue").GetBoolean());
        Assert.InRange(shown.GetProperty("age").GetDouble(), 0, 600);
        var again = await EyeSlotsProgram.RunAsync(account.Moto.EnvironmentVariables, "cluster", "up", "--name", "life", "--json");
        Assert.Equal("cluster-busy", again.Json.GetProperty("error").GetProperty("code").GetString());
        await account.JsonAsync("cluster", "down", "life");
        Assert.Null(await account.StackAsync("life"));
        var gone = await EyeSlotsProgram.RunAsync(account.Moto.EnvironmentVariables, "cluster", "down", "life", "--json");
        Assert.Equal("cluster-missing", gone.Json.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task LocalFolders_AreRefusedWithTheLineThatCopiesThem()
    {
        using var scratch = new Scratch();
        File.WriteAllText(scratch["l.csv"], "");
        var result = await EyeSlotsProgram.RunAsync(account.Moto.EnvironmentVariables, "cluster", "run", "--", "preprocess", "--annotations", scratch["l.csv"], "--images", scratch.Folder, "--out", $"s3://{account.DataBucket}/slots");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains($"aws s3 sync {scratch.Folder} s3://{account.DataBucket}/{Path.GetFileName(scratch.Folder)}", result.Errors, StringComparison.Ordinal);
    }
}
