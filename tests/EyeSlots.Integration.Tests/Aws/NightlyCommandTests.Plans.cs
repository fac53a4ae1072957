using System.Text.RegularExpressions;
using EyeSlots.Aws.CloudFormation.Model;
using EyeSlots.Integration.Tests.Cli;

namespace EyeSlots.Integration.Tests.Aws;

/// <summary>What nights are installed with, and what dry runs tell of it.</summary>
public sealed partial class NightlyCommandTests
{
    [Fact]
    public async Task DryRuns_TellEveryCallAndMakeNoneThatChangesAnything()
    {
        await using var other = new PreparedAccount();
        await other.InitializeAsync();
        await using var proxy = await AccountProxy.StartAsync(other.Moto);
        await TellsAsync(other, proxy, ["install"], ["s3:PutObject s3://", "cloudformation:CreateStack eyeslots-nightly", "InitialWorkers=0"]);
        await other.JsonAsync([.. Install(other)]);
        await TellsAsync(other, proxy, ["install"], ["s3:PutObject s3://", "cloudformation:UpdateStack eyeslots-nightly"]);
        await TellsAsync(other, proxy, ["run"], ["states:StartExecution arn:aws:states:us-east-1:"]);
        await TellsAsync(other, proxy, ["remove"], ["cloudformation:DeleteStack eyeslots-nightly", "s3:DeleteObject s3://"]);
        Assert.NotEmpty(proxy.Calls);
        Assert.Empty(proxy.Changes);
        await other.JsonAsync("nightly", "remove");
    }

    private static string[] Install(PreparedAccount account, params string[] options) =>
        ["nightly", "install", .. options, "--at", "23:30", "--time-zone", "Europe/Vienna", "--workers", "1-2", "--hours", "2", "--", .. Job(account)];

    private static string[] Job(PreparedAccount account) => ["verify", "--out", $"s3://{account.DataBucket}/slots"];

    /// <summary>A dry run, as people and as programs read it.</summary>
    private static async Task TellsAsync(PreparedAccount account, AccountProxy proxy, string[] command, string[] told)
    {
        string[] line = command is ["install"] ? Install(account, "--dry-run") : ["nightly", .. command, "--dry-run"];
        var shown = await EyeSlotsProgram.RunAsync(proxy.EnvironmentVariables, line);
        var json = await EyeSlotsProgram.RunAsync(proxy.EnvironmentVariables, [line[0], line[1], "--json", .. line[2..]]);
        Assert.True((shown.ExitCode, json.ExitCode) == (0, 0), shown.Errors + json.Output);
        var calls = json.Json.GetProperty("calls").EnumerateArray().Select(call => call.GetString()!).ToList();
        foreach (var text in told) Assert.Contains(calls, call => call.Contains(text, StringComparison.Ordinal));
        if (command is not ["run"]) foreach (var call in calls) Assert.Contains(call, shown.Output, StringComparison.Ordinal); // whose name has the time
    }

    /// <summary>Installs nights, and has moto execute their machine, which waits for seconds instead of minutes.</summary>
    /// <returns>The machine.</returns>
    private static async Task<string> InstallAsync(PreparedAccount account)
    {
        var installed = await account.JsonAsync(Install(account));
        var stack = (await account.Account.Life.FindAsync("eyeslots-nightly", Cancellation))!;
        Assert.Equal(stack.StackId, installed.GetProperty("stackId").GetString());
        foreach (var wanted in (Parameter[])[new("Schedule", "cron(30 23 * * ? *)"), new("TimeZone", "Europe/Vienna"), new("MinWorkers", "1"), new("MaxWorkers", "2"), new("InitialWorkers", "0"), new("LifetimeSeconds", "7200")])
            Assert.Contains(wanted, stack.Parameters);
        return await MotoMachine.MakeExecutableAsync(account.Moto.Endpoint, stack.OutputOf("StateMachineArn")!, definition => Seconds().Replace(definition, "\"Seconds\": 1"));
    }

    private async Task<string?> RefusedAsync(params string[] command)
    {
        var result = await EyeSlotsProgram.RunAsync(account.Moto.EnvironmentVariables, ["nightly", .. command, "--json"]);
        Assert.Equal(1, result.ExitCode);
        return result.Json.GetProperty("error").GetProperty("code").GetString();
    }

    private async Task AssertShownAsync(string machine)
    {
        var status = await account.JsonAsync("nightly", "status", "--nights", "3");
        Assert.Equal(("cron(30 23 * * ? *)", "Europe/Vienna"), (status.GetProperty("schedule").GetString(), status.GetProperty("timeZone").GetString()));
        Assert.Equal(Job(account), status.GetProperty("job").EnumerateArray().Select(word => word.GetString()));
        var night = Assert.Single(status.GetProperty("nights").EnumerateArray());
        Assert.Equal("SUCCEEDED", night.GetProperty("status").GetString());
        Assert.InRange(night.GetProperty("seconds").GetDouble(), 0, 600);
        var shown = await EyeSlotsProgram.RunAsync(account.Moto.EnvironmentVariables, "nightly", "status");
        foreach (var text in (string[])["cron(30 23 * * ? *) Europe/Vienna", string.Join(' ', Job(account)), $"{night.GetProperty("name").GetString()}: SUCCEEDED after"]) Assert.Contains(text, shown.Output, StringComparison.Ordinal);
        Assert.Contains("ExecutionSucceeded", await MotoMachine.HistoryAsync(account.Moto.Endpoint, $"{machine.Replace(":stateMachine:", ":execution:", StringComparison.Ordinal)}:{night.GetProperty("name").GetString()}"), StringComparison.Ordinal);
    }

    [GeneratedRegex("\"Seconds\": [0-9]+")]
    private static partial Regex Seconds();
}
