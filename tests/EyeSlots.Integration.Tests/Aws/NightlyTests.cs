using System.Text;
using EyeSlots.Aws.Artifacts;
using EyeSlots.Aws.CloudFormation;
using EyeSlots.Aws.Mailbox;
using EyeSlots.Aws.Services;
using EyeSlots.Core.Storage;

namespace EyeSlots.Integration.Tests.Aws;

/// <summary>
/// The state machines of the templates, as moto executes them: whatever fails, the night's stack is gone at the end, nobody else's is touched,
/// and the cause is the first one. The machines' side of the mailbox is what our node writes.
/// </summary>
public sealed partial class NightlyTests
{
    private const string Night = "nightly-1", NightStack = "eyeslots-run-nightly-1";
    private static readonly string Hash = new('a', 64);
    private static readonly byte[] Nothing = Encoding.UTF8.GetBytes("""{"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}}""");
    private static readonly JobRequest Job = JobRequest.Of(["verify", "s3://slots/faces"]);

    [Fact]
    public async Task ANight_WhoseJobSucceeds_SucceedsAndLeavesNoStack()
    {
        await using var server = await StepServer.StartAsync(_ => StepAnswer.Pass);
        var night = await RunAsync(server, exitCode: 0);
        Assert.Equal(("SUCCEEDED", Night), (night.Status, night.Output!.Trim('"'))); // without quotes in moto
        Assert.Equal(["cloudformation:CreateStack", "cloudformation:DeleteStack", "cloudformation:DescribeStacks", "s3:CopyObject", "s3:ListObjectsV2"], server.Proxy.Calls.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task ANight_WhoseJobFails_FailsWithTheJobAsCause()
    {
        await using var server = await StepServer.StartAsync(_ => StepAnswer.Pass);
        var night = await RunAsync(server, exitCode: 1);
        AssertFailed(night, "JobFailed", "/clusters/nightly-1/results/0001.failed says how");
    }

    [Fact]
    public async Task ANight_WhoseStackFails_SaysWhy()
    {
        await using var server = await StepServer.StartAsync(call => call is { Action: "DescribeStacks", Number: 1 }
            ? StepAnswer.InStatus("CREATE_FAILED", "The following resource(s) failed to create: [Master].")
            : StepAnswer.Pass);
        var night = await RunAsync(server);
        AssertFailed(night, "StackFailed", "The stack came to CREATE_FAILED: The following resource(s) failed to create: [Master]. What the machines said lies under s3://");
    }

    [Fact]
    public async Task ANight_WhoseCreateIsThrottledForever_FailsWithThatAsCause()
    {
        await using var server = await StepServer.StartAsync(call => call.Action == "CreateStack" ? StepAnswer.Refuse(400, "Throttling", "Rate exceeded") : StepAnswer.Pass);
        var night = await RunAsync(server);
        AssertFailed(night, "CallFailed", "Rate exceeded");
    }

    [Fact]
    public async Task ANight_WhoseCreateIsThrottledOnce_Succeeds()
    {
        await using var server = await StepServer.StartAsync(call => call is { Action: "CreateStack", Number: 1 } ? StepAnswer.Refuse(400, "Throttling", "Rate exceeded") : StepAnswer.Pass);
        Assert.Equal("SUCCEEDED", (await RunAsync(server, exitCode: 0)).Status);
    }

    [Fact]
    public async Task ANight_WhoseCreateIsDenied_FailsWithThatAsCause()
    {
        await using var server = await StepServer.StartAsync(call => call.Action == "CreateStack" ? StepAnswer.Refuse(403, "AccessDenied", "User is not authorized to perform: cloudformation:CreateStack") : StepAnswer.Pass);
        var night = await RunAsync(server);
        AssertFailed(night, "CallFailed", "User is not authorized to perform: cloudformation:CreateStack");
    }

    [Fact]
    public async Task ANight_WhoseCreateIsDoneButNeverAnswered_DeletesTheStackThatItNeverSaw()
    {
        await using var server = await StepServer.StartAsync(call => call.Action == "CreateStack" ? StepAnswer.DoneAndLost : StepAnswer.Pass);
        var night = await RunAsync(server, callSeconds: 15);
        AssertFailed(night, "CallFailed", "States.Timeout");
        Assert.Equal(1, server.Proxy.Count("CreateStack"));
    }

    [Fact]
    public async Task ANight_WithoutAResult_EndsWhenItsTimeIsOver()
    {
        await using var server = await StepServer.StartAsync(_ => StepAnswer.Pass);
        var night = await RunAsync(server);
        AssertFailed(night, "NoResult", "No result within 3 seconds: s3://");
    }

    [Fact]
    public async Task ANight_WhoseDeletionFailsTwice_AsksAgainUntilTheStackIsGone()
    {
        await using var server = await StepServer.StartAsync(call => call switch
        {
            { Action: "DeleteStack", Number: <= 2 } => StepAnswer.Ignore("DeleteStack"),
            { Action: "DescribeStacks", Number: <= 2 } => StepAnswer.InStatus("DELETE_FAILED", "The following resource(s) failed to delete: [Workers]."),
            _ => StepAnswer.Pass,
        });
        Assert.Equal("SUCCEEDED", (await RunAsync(server, exitCode: 0)).Status);
        Assert.Equal(3, server.Proxy.Count("DeleteStack"));
    }

    [Fact]
    public async Task ANight_WhoseJobAndWhoseDeletionFail_HasTheJobAsCause()
    {
        await using var server = await StepServer.StartAsync(call => call.Action == "DeleteStack" && call.Number <= 2 ? StepAnswer.Refuse(403, "AccessDenied", "not yet") : StepAnswer.Pass);
        AssertFailed(await RunAsync(server, exitCode: 1), "JobFailed", "/clusters/nightly-1/results/0001.failed says how");
    }

    [Fact]
    public async Task ANight_WhoseJobIsNotThere_MakesNoStack()
    {
        await using var server = await StepServer.StartAsync(_ => StepAnswer.Pass);
        var night = await RunAsync(server, laysJob: false);
        AssertFailed(night, "CallFailed", "key");
        Assert.Equal(0, server.Proxy.Count("CreateStack"));
    }

    private static void AssertFailed(DescribeExecutionResponse night, string error, string cause)
    {
        Assert.Equal("FAILED", night.Status);
        Assert.Equal(error, night.Error);
        Assert.Contains(cause, night.Cause ?? "", StringComparison.Ordinal);
    }

    /// <summary>A night from its schedule to its end.</summary>
    /// <param name="server">The server.</param>
    /// <param name="exitCode">How the job ends; null for a master that never says.</param>
    /// <param name="callSeconds">How long an answer is waited for.</param>
    /// <param name="laysJob">Whether the job was laid by <c>nightly install</c>.</param>
    /// <param name="until">What the job waits for before it ends.</param>
    private static async Task<DescribeExecutionResponse> RunAsync(StepServer server, int? exitCode = null, bool laysJob = true, int callSeconds = 60, Task? until = null)
    {
        using var stores = server.Access.OpenStores();
        var bucket = server.Ground.OutputOf("ArtifactBucket")!;
        var store = stores.Open(StorageAddress.Parse($"s3://{bucket}"));
        var template = ArtifactBucket.Template("cluster.yaml");
        await store.PublishAsync(template.Key, Templates.Read("cluster.yaml"));
        if (laysJob) await store.PublishAsync("nightly/job.json", Job.ToBytes());
        var foreign = (Neighbour: await server.MakeAsync("eyeslots-run-neighbour", Nothing), Other: await server.MakeAsync("accounting", Nothing));
        var nights = await server.MakeAsync(
            "eyeslots-nightly", Templates.Read("nightly.yaml"), ("TemplateUrl", new ArtifactBucket(stores, bucket, MotoServer.Region).TemplateUrl(template)),
            ("ProgramSha256", Hash), ("SparkSha256", Hash), ("JreSha256", Hash), ("LifetimeSeconds", exitCode is null ? "3" : "60"),
            ("PollSeconds", "1"), ("DeletePollSeconds", "1"), ("CallSeconds", $"{callSeconds}"));
        var answering = exitCode is { } code ? AnswerAsync(ClusterMailbox.Open(stores, bucket, ClusterName.Parse(Night)), code, until ?? Task.CompletedTask) : Task.CompletedTask;
        if (until is null) await answering;
        var night = await server.ExecuteAsync(nights.OutputOf("StateMachineArn")!, Night, "{}");
        await answering;
        Assert.Equal("none", await server.StatusAsync(NightStack));
        Assert.Equal("CREATE_COMPLETE", await server.StatusAsync(foreign.Neighbour.StackId));
        Assert.Equal("CREATE_COMPLETE", await server.StatusAsync(foreign.Other.StackId));
        if (laysJob) Assert.Equal(Job.Arguments, (await ClusterMailbox.Open(stores, bucket, ClusterName.Parse(Night)).Jobs.ReadAsync(1)).Arguments);
        return night;
    }

    private static async Task AnswerAsync(ClusterMailbox mailbox, int exitCode, Task until)
    {
        await until;
        await mailbox.Jobs.FinishAsync(1, new()
        {
            ExitCode = exitCode, Error = exitCode == 0 ? null : new("shard-damaged", "One shard is damaged."),
            Seconds = new Dictionary<string, double> { ["boot"] = 60, ["job"] = 12 }, MachineHours = new(0.02, 0),
        });
    }
}
