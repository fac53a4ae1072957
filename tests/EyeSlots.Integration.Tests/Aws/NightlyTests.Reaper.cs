namespace EyeSlots.Integration.Tests.Aws;

/// <summary>The reaper of the base stack.</summary>
public sealed partial class NightlyTests
{
    private static readonly byte[] Living = System.Text.Encoding.UTF8.GetBytes(
        """{"Parameters": {"LifetimeSeconds": {"Type": "Number"}}, "Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}}""");

    [Fact]
    public async Task TheReaper_WhenAStacksLifetimeIsOver_DeletesItAndNoOther()
    {
        await using var server = await StepServer.StartAsync(_ => StepAnswer.Pass);
        var other = await server.MakeAsync("eyeslots-run-other", Living, ("LifetimeSeconds", "3"));
        var stack = await server.MakeAsync("eyeslots-run-old", Living, ("LifetimeSeconds", "3"));
        var started = TimeProvider.System.GetTimestamp();
        var reaped = await server.ExecuteAsync(Reaper(server), "old", $$"""{"StackId": "{{stack.StackId}}"}""");
        Assert.Equal("SUCCEEDED", reaped.Status);
        Assert.True(TimeProvider.System.GetElapsedTime(started) > TimeSpan.FromSeconds(3), "It did not wait for the end of the stack's life.");
        Assert.Equal("DELETE_COMPLETE", await server.StatusAsync(stack.StackId));
        Assert.Equal("CREATE_COMPLETE", await server.StatusAsync(other.StackId));
        Assert.Equal(["cloudformation:DeleteStack", "cloudformation:DescribeStacks"], server.Proxy.Calls.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task TheReaper_WhenAStackIsOutsideThePrefix_LeavesIt()
    {
        await using var server = await StepServer.StartAsync(_ => StepAnswer.Pass);
        var stack = await server.MakeAsync("eyeslots-running", Living, ("LifetimeSeconds", "1"));
        var refused = await server.ExecuteAsync(Reaper(server), "foreign", $$"""{"StackId": "{{stack.StackId}}"}""");
        Assert.Equal(("FAILED", "NotOurs"), (refused.Status, refused.Error));
        Assert.Equal("CREATE_COMPLETE", await server.StatusAsync(stack.StackId));
        Assert.Empty(server.Proxy.Calls);
    }

    [Fact]
    public async Task TheReaper_WhenADeletionFails_AsksAgain()
    {
        await using var server = await StepServer.StartAsync(call => call switch
        {
            { Action: "DeleteStack", Number: 1 } => StepAnswer.Refuse(403, "AccessDenied", "not yet"),
            { Action: "DescribeStacks", Number: 2 } => StepAnswer.InStatus("DELETE_FAILED", "[Workers]"),
            _ => StepAnswer.Pass,
        });
        var stack = await server.MakeAsync("eyeslots-run-stuck", Living, ("LifetimeSeconds", "0"));
        Assert.Equal("SUCCEEDED", (await server.ExecuteAsync(Reaper(server), "stuck", $$"""{"StackId": "{{stack.StackId}}"}""")).Status);
        Assert.Equal("DELETE_COMPLETE", await server.StatusAsync(stack.StackId));
    }

    private static string Reaper(StepServer server) => $"arn:aws:states:{MotoServer.Region}:123456789012:stateMachine:eyeslots-base-reaper";
}
