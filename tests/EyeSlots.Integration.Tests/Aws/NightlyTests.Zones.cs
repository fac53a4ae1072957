using System.Collections.Concurrent;

namespace EyeSlots.Integration.Tests.Aws;

/// <summary>What a night does where its stack fails: it says why, and takes another zone where the first has no machine.</summary>
public sealed partial class NightlyTests
{
    private const string NoMachine = "We currently do not have sufficient c7i.large capacity in the Availability Zone you requested (us-east-1a).";
    private static readonly (string, string, string) Cancelled = ("Workers", "AWS::AutoScaling::AutoScalingGroup", "Resource creation cancelled");

    [Fact]
    public async Task ANight_WhoseFirstZoneHasNoMachine_SucceedsInTheNext()
    {
        ConcurrentQueue<string> made = new();
        var isLaid = new TaskCompletionSource();
        await using var server = await StepServer.StartAsync(call =>
        {
            if (call.Action == "CreateStack") made.Enqueue(Uri.UnescapeDataString(call.Body));
            if (call is { Action: "CreateStack", Number: 2 }) isLaid.SetResult();
            return call switch
            {
                { Action: "DescribeStacks", Number: 1 } => StepAnswer.InStatus("CREATE_FAILED", "The following resource(s) failed to create: [Master]."),
                { Action: "DescribeStackEvents" } => StepAnswer.Failed(Cancelled, ("Master", "AWS::EC2::Instance", NoMachine)),
                _ => StepAnswer.Pass,
            };
        });
        var night = await RunAsync(server, exitCode: 0, until: isLaid.Task);
        Assert.Equal("SUCCEEDED", night.Status);
        var subnets = server.Ground.OutputOf("SubnetIds")!.Split(',');
        Assert.Equal(2, made.Count);
        Assert.All(made.Zip(subnets), pair => Assert.Contains($"ParameterKey=MasterSubnetId&Parameters.member.4.ParameterValue={pair.Second}", pair.First, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ANight_WithoutAMachineInAnyZone_SaysSoAfterAllOfThem()
    {
        await using var server = await StepServer.StartAsync(call => call.Action switch
        {
            "DescribeStacks" => StepAnswer.InStatus("CREATE_FAILED", "The following resource(s) failed to create: [Master]."),
            "DescribeStackEvents" => StepAnswer.Failed(("Master", "AWS::EC2::Instance", NoMachine)),
            _ => StepAnswer.Pass,
        });
        AssertFailed(await RunAsync(server), "NoCapacity", "The stack came to CREATE_FAILED: Master: We currently do not have sufficient c7i.large capacity");
        Assert.Equal(2, server.Proxy.Count("CreateStack"));
    }

    [Fact]
    public async Task ANight_WhoseWorkersMayNotBe_SaysWhatFailedFirstAndTriesNoOtherZone()
    {
        await using var server = await StepServer.StartAsync(call => call switch
        {
            { Action: "DescribeStacks", Number: 1 } => StepAnswer.InStatus("CREATE_FAILED", "The following resource(s) failed to create: [Master, Workers]."),
            { Action: "DescribeStackEvents" } => StepAnswer.Failed(("Master", "AWS::EC2::Instance", "Resource creation cancelled"), ("Workers", "AWS::AutoScaling::AutoScalingGroup", "You have requested more vCPU capacity than your current vCPU limit of 5.")),
            _ => StepAnswer.Pass,
        });
        AssertFailed(await RunAsync(server), "StackFailed", "The stack came to CREATE_FAILED: Workers: You have requested more vCPU capacity than your current vCPU limit of 5. What the machines said lies under s3://");
        Assert.Equal(1, server.Proxy.Count("CreateStack"));
    }
}
