using System.Text;
using EyeSlots.Aws.Mailbox;
using EyeSlots.Core;
using EyeSlots.Integration.Tests.Cli;

namespace EyeSlots.Integration.Tests.Aws;

/// <summary>Clusters that do not become ready, as users read it: the program as a process, its stacks at <see cref="AwsDouble"/>, all else in moto.</summary>
public sealed class BootCommandTests(PreparedAccount account) : IClassFixture<PreparedAccount>
{
    private const string Machine = "i-0123456789abcdef0", Reason = "the SHA-256 of spark.tgz is another one";
    private const string NoCapacity = "We currently do not have sufficient c7i.large capacity in the Availability Zone you requested (us-east-1a).";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Up_MachineThatFails_SaysTheMachinesOwnLineFromTheMailbox()
    {
        var message = await FailsAsync("failed", _ => account.Mailbox("failed").Machines.FailAsync(Machine, Reason, Cancellation));
        Assert.Contains($"The cluster failed did not become ready: {Machine} said '{Reason}'. Its logs are in s3://{account.ArtifactBucket}/clusters/failed", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Up_MachineWithoutANetwork_SaysTheLastLineThatItWroteToItsConsole()
    {
        var message = await FailsAsync("mute", aws =>
        {
            const string console = "[    0.1] Linux\r\neyeslots: fetching eyeslots.tar.gz\r\n\u001b[1meyeslots: no answer from S3 for 300 s\r\ncloud-init: finished\r\n";
            aws.Always("GetConsoleOutput", call => new(200, "text/xml", $"""
                <GetConsoleOutputResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
                  <requestId>59dbff89-35bd-4eac-99ed-be587EXAMPLE</requestId><instanceId>{call["InstanceId"]}</instanceId>
                  <timestamp>2026-10-14T01:12:41.000Z</timestamp><output>{Convert.ToBase64String(Encoding.UTF8.GetBytes(console))}</output>
                </GetConsoleOutputResponse>
                """));
            return Task.CompletedTask;
        });
        Assert.Contains($"{Machine} wrote on its console '[1meyeslots: no answer from S3 for 300 s'.", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Up_NoCapacityInTheFirstZone_TakesTheNextSubnet()
    {
        await using var aws = await AwsDouble.StartAsync(rest: account.Moto.Endpoint);
        aws.Stacks.Next.Enqueue(StackScript.Rollback(NoCapacity));
        var result = await EyeSlotsProgram.RunAsync(Variables(aws), "cluster", "up", "--name", "second", "--workers", "1");
        Assert.True(result.ExitCode == 0, result.Output + result.Errors);
        var subnets = (await account.Account.Life.FindAsync("eyeslots-base", Cancellation))!.OutputOf("SubnetIds")!.Split(',');
        var creations = aws.Calls.Where(call => call.Action == "CreateStack").ToList();
        Assert.Equal(2, creations.Count);
        Assert.DoesNotContain("MasterSubnetId", creations[0].Parameters.Values);
        Assert.Contains(creations[1].Parameters, field => field.Value == subnets[1]);
        Assert.NotEqual(creations[0]["ClientRequestToken"], creations[1]["ClientRequestToken"]);
        Assert.Contains($"No capacity for the first machine in its zone; trying subnet {subnets[1]}.", result.Errors, StringComparison.Ordinal);
        Assert.Equal(["eyeslots-run-second"], aws.Stacks.Alive);
    }

    [Fact]
    public async Task Up_NoCapacityInAnyZone_EndsWithThatAndLeavesNothing()
    {
        await using var aws = await AwsDouble.StartAsync(rest: account.Moto.Endpoint);
        aws.Stacks.Script = StackScript.Rollback(NoCapacity);
        var result = await EyeSlotsProgram.RunAsync(Variables(aws), "cluster", "up", "--name", "nowhere", "--workers", "1", "--json");
        Assert.Equal((1, ErrorCodes.ClusterCapacity), (result.ExitCode, result.Json.GetProperty("error").GetProperty("code").GetString()));
        Assert.Equal((2, 2, 0), (aws.Stacks.Made, aws.Count("DeleteStack"), aws.Stacks.Alive.Count));
    }

    private static Dictionary<string, string> Variables(AwsDouble aws) => new(aws.EnvironmentVariables) { ["AWS_REGION"] = MotoServer.Region };

    /// <summary>A machine that boots, leaves its reason and signals failure.</summary>
    /// <returns>The message.</returns>
    private async Task<string> FailsAsync(string name, Func<AwsDouble, Task> leaveReason)
    {
        await using var aws = await AwsDouble.StartAsync(rest: account.Moto.Endpoint);
        aws.Stacks.Script = StackScript.Booting(Machine, out var making);
        var mailbox = account.Mailbox(name);
        await mailbox.WriteStatusAsync(new() { Phase = ClusterPhase.Ended, Seconds = 1, Written = TimeProvider.System.GetUtcNow() }, Cancellation);
        using var process = EyeSlotsProgram.Start(Variables(aws), "cluster", "up", "--name", name, "--workers", "1", "--json");
        while (aws.Count("DescribeStackEvents") == 0 || await mailbox.StatusAsync(Cancellation) is not null) await Task.Delay(100, Cancellation); // an earlier cluster's mailbox is emptied first
        await leaveReason(aws);
        making.Add(StackScript.BootFailure);
        var result = await EyeSlotsProgram.EndAsync(process);
        Assert.True(result.ExitCode == 1, result.Output + result.Errors);
        Assert.Equal(ErrorCodes.ClusterBoot, result.Json.GetProperty("error").GetProperty("code").GetString());
        Assert.Empty(aws.Stacks.Alive);
        return result.Json.GetProperty("error").GetProperty("message").GetString()!;
    }
}
