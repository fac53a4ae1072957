using EyeSlots.Aws.CloudFormation.Model;
using EyeSlots.Aws.Clusters;
using EyeSlots.Aws.Mailbox;
using EyeSlots.Core;
using EyeSlots.Integration.Tests.Cli;

namespace EyeSlots.Integration.Tests.Aws;

/// <summary>Masters that are lost while their job runs.</summary>
public sealed partial class RunCommandTests
{
    [Fact]
    public async Task Run_WhoseMasterEnds_IsLostWithTheMachinesOwnReason()
    {
        var (master, mailbox) = (new PlayedMaster(account, "lost") { Holds = true }, account.Mailbox("lost"));
        _ = master.PlayAsync(Cancellation);
        using var process = EyeSlotsProgram.Start(account.Moto.EnvironmentVariables, "cluster", "run", "--name", "lost", "--json", "--", "verify", "--out", $"s3://{account.DataBucket}/slots");
        await master.Taken.Task.WaitAsync(Cancellation);
        await mailbox.Machines.FailAsync("i-0123456789abcdef0", "the disk is full", Cancellation);
        await mailbox.WriteStatusAsync(new() { Phase = ClusterPhase.Failed, Seconds = 9, Written = TimeProvider.System.GetUtcNow() }, Cancellation);
        var result = await EyeSlotsProgram.EndAsync(process);
        Assert.Equal(1, result.ExitCode);
        Assert.Equal("cluster-lost", result.Json.GetProperty("error").GetProperty("code").GetString());
        Assert.Contains("the disk is full", result.Json.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Null(await account.StackAsync("lost"));
    }

    /// <summary>In this process, by a clock on which ninety seconds are over at once.</summary>
    [Fact]
    public async Task Run_WhoseMasterFallsSilent_IsLostAfterNinetySecondsAndDeletesItsCluster()
    {
        var time = new SkippingTime();
        using var client = new ClusterAccount(account.Moto.Open(time));
        var (name, line) = (ClusterName.Parse("silent"), JobLine.Parse(["verify", "--out", $"s3://{account.DataBucket}/slots"]));
        var cluster = await new ClusterChecks(client).RunAsync(new() { Name = name }, line, Cancellation);
        var master = new PlayedMaster(account, "silent") { Holds = true };
        _ = master.PlayAsync(Cancellation);
        var error = await Assert.ThrowsAsync<EyeSlotsException>(() => new ClusterRun(client, new SilentWatch(), () => Task.FromResult(true)).OnOwnAsync(cluster, line, Cancellation));
        Assert.Equal(ErrorCodes.ClusterLost, error.Code);
        Assert.Matches("^The cluster silent is lost, its master was silent for 9[0-5] s; its logs are in s3://.*Run the job again", error.Message);
        Assert.Null(await account.StackAsync("silent"));
    }

    /// <summary>Nobody watches.</summary>
    private sealed class SilentWatch : IClusterWatch
    {
        public void Event(StackEvent happened)
        {
        }

        public void Status(ClusterStatus? status)
        {
        }

        public void Line(string line)
        {
        }

        public void Note(string text)
        {
        }
    }
}
