using EyeSlots.Core;
using EyeSlots.Integration.Tests.Cli;

namespace EyeSlots.Integration.Tests.Aws;

/// <summary>What users read when AWS fails: the program as a process, its stack at <see cref="AwsDouble"/>, all else in moto behind it.</summary>
public sealed class ProgramCloudFormationTests(PreparedAccount account) : IClassFixture<PreparedAccount>
{
    private const string Reason = "The image id '[ami-0123456789abcdef0]' does not exist";

    /// <summary>Beside each other, because each waits in real time.</summary>
    [Fact]
    public async Task Up_AwsThatFails_SaysTheFirstCauseInOneLineAndLeavesNoStack() => await Task.WhenAll(
        FailsAsync("rollback", aws => aws.Stacks.Script = StackScript.Rollback(Reason), ErrorCodes.ClusterRollback, Reason, 1),
        FailsAsync("resists", aws => aws.Stacks.Script = StackScript.Rollback(Reason).ThenDeletes(false, false, true), ErrorCodes.ClusterRollback, Reason, 3),
        FailsAsync("denied", aws => aws.Always("DescribeStackEvents", call => AwsAnswers.Refuse(call, 403, "AccessDenied", "no")), ErrorCodes.AwsDenied, "lack cloudformation:DescribeStackEvents (AccessDenied)", 1),
        FailsAsync("expired", aws => aws.Always("DescribeStackEvents", call => AwsAnswers.Refuse(call, 403, "ExpiredToken", "no")), ErrorCodes.AwsCredentials, "the session token of AWS_ACCESS_KEY_ID has ended (ExpiredToken)", 1));

    [Fact]
    public async Task Up_WithoutJson_WritesTheCauseAsOneLineOfErrors()
    {
        await using var aws = await AwsDouble.StartAsync(rest: account.Moto.Endpoint);
        aws.Stacks.Script = StackScript.Rollback(Reason);
        var result = await EyeSlotsProgram.RunAsync(Variables(aws), "cluster", "up", "--name", "plain", "--workers", "1");
        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        var line = Assert.Single(result.Errors.Split('\n'), line => line.StartsWith("error ", StringComparison.Ordinal));
        Assert.StartsWith($"error {ErrorCodes.ClusterRollback}: Stack eyeslots-run-plain was not made: Master (AWS::EC2::Instance) failed: {Reason}.", line, StringComparison.Ordinal);
        Assert.Empty(aws.Stacks.Alive);
    }

    /// <summary>Faults that pass, in real time, and a clock ten minutes off.</summary>
    [Fact]
    public async Task Up_AwsThatFailsForAWhile_MakesTheCluster()
    {
        await using var aws = await AwsDouble.StartAsync(new LateTime(TimeSpan.FromMinutes(10)), account.Moto.Endpoint);
        aws.Next("CreateStack", LongRun.Count(3, 10), call => AwsAnswers.Refuse(call, 400, "Throttling", "Rate exceeded"));
        aws.Next("DescribeStackEvents", 1, _ => DoubleAnswer.Reset);
        aws.Next("DescribeStacks", 1, call => AwsAnswers.Refuse(call, 500, "InternalFailure", "unknown"));
        var result = await EyeSlotsProgram.RunAsync(Variables(aws), "cluster", "up", "--name", "passing", "--workers", "1", "--json");
        Assert.True(result.ExitCode == 0, result.Output + result.Errors);
        Assert.Equal("eyeslots-run-passing", Assert.Single(aws.Stacks.Alive));
        Assert.Equal(1, aws.Stacks.Made);
        var down = await EyeSlotsProgram.RunAsync(Variables(aws), "cluster", "down", "passing");
        Assert.True(down.ExitCode == 0, down.Output + down.Errors);
        Assert.Empty(aws.Stacks.Alive);
    }

    private static Dictionary<string, string> Variables(AwsDouble aws) => new(aws.EnvironmentVariables) { ["AWS_REGION"] = MotoServer.Region };

    private async Task FailsAsync(string name, Action<AwsDouble> fail, string code, string text, int deletions)
    {
        await using var aws = await AwsDouble.StartAsync(rest: account.Moto.Endpoint);
        fail(aws);
        var json = await EyeSlotsProgram.RunAsync(Variables(aws), "cluster", "up", "--name", name, "--workers", "1", "--json");
        Assert.True(json.ExitCode == 1, $"{name}: {json.Output}{json.Errors}");
        var error = json.Json.GetProperty("error");
        Assert.Equal((name, code), (name, error.GetProperty("code").GetString()));
        Assert.Contains(text, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal((name, 1, deletions, 0), (name, aws.Stacks.Made, aws.Count("DeleteStack"), aws.Stacks.Alive.Count));
    }

    /// <summary>AWS's clock, some time before this machine's.</summary>
    private sealed class LateTime(TimeSpan behind) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() - behind;
    }
}
