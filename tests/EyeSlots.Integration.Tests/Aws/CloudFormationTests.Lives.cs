using EyeSlots.Aws.CloudFormation;
using EyeSlots.Aws.CloudFormation.Model;
using EyeSlots.Core;

namespace EyeSlots.Integration.Tests.Aws;

/// <summary>Stacks that do not come to be, and some that do not go, at <see cref="AwsDouble"/>.</summary>
public sealed partial class CloudFormationTests
{
    [Fact]
    public async Task Create_ThousandEvents_ShowsEachOnceInOrder()
    {
        await using var aws = await AwsDouble.StartAsync(time);
        aws.Stacks.Script = StackScript.Busy(1000);
        using var access = aws.Open(time);
        List<string> shown = [];
        var watch = new StackWatch { Show = happened => shown.Add(happened.LogicalResourceId) };
        await Life(access).CreateAsync(Request, watch, TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(0, 1000).Select(at => $"Resource{at}"), shown);
        Assert.Equal(10 + 1, aws.Count("DescribeStackEvents")); // ten pages, then one page that holds known events
    }

    [Theory]
    [InlineData(Quota, ErrorCodes.ClusterQuota)]
    [InlineData("We currently do not have sufficient c7i.large capacity in the Availability Zone you requested (eu-central-1a).", ErrorCodes.ClusterCapacity)]
    [InlineData("Received 1 FAILURE signal(s) out of 1.  Unable to satisfy 100% MinSuccessfulInstancesPercent requirement", ErrorCodes.ClusterBoot)]
    [InlineData("User: arn:aws:sts::1:assumed-role/r/s is not authorized to perform: ec2:RunInstances", ErrorCodes.AwsDenied)]
    [InlineData("The image id '[ami-1]' does not exist", ErrorCodes.ClusterRollback)]
    public async Task Create_ThreeResourcesFail_NamesTheFirstAndSeesTheStackGone(string reason, string code)
    {
        await using var aws = await AwsDouble.StartAsync(time);
        aws.Stacks.Script = StackScript.Rollback(reason);
        var error = await FailsAsync<StackException>(aws, code, $"Stack {Name} was not made: Master (AWS::EC2::Instance) failed: ");
        Assert.Equal(("Master", reason), (error.FirstFailure!.LogicalResourceId, error.FirstFailure.ResourceStatusReason));
        Assert.Equal((1, 0), (aws.Count("DeleteStack"), aws.Stacks.Alive.Count));
    }

    [Fact]
    public async Task Create_ThatNeverEnds_IsGivenUpAfterItsLimitAndDeleted()
    {
        await using var aws = await AwsDouble.StartAsync(time);
        aws.Stacks.Script = StackScript.Endless;
        await FailsAsync<StackException>(aws, ErrorCodes.ClusterStuck, "is still CREATE_IN_PROGRESS after its time limit");
        Assert.InRange(time.Passed, TimeSpan.FromMinutes(25), TimeSpan.FromMinutes(27)); // 20 minutes are the request's
        Assert.Equal((1, 0), (aws.Count("DeleteStack"), aws.Stacks.Alive.Count));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Create_Cancelled_DeletesTheStackUnlessItIsToBeLeft(bool leave)
    {
        await using var aws = await AwsDouble.StartAsync(time);
        aws.Stacks.Script = StackScript.Endless;
        using var access = aws.Open(time);
        using var interrupt = new CancellationTokenSource();
        var watch = new StackWatch { Show = _ => interrupt.Cancel(), LeaveWhenCancelled = () => Task.FromResult(leave) };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Life(access).CreateAsync(Request, watch, interrupt.Token));
        Assert.Equal((leave ? 0 : 1, leave ? 1 : 0), (aws.Count("DeleteStack"), aws.Stacks.Alive.Count));
    }

    [Fact]
    public async Task Delete_FailsTwice_IsAskedForAgainUntilItIsGone()
    {
        await using var aws = await AwsDouble.StartAsync(time);
        aws.Stacks.Script = StackScript.Rollback(Quota).ThenDeletes(false, false, true);
        await FailsAsync<StackException>(aws, ErrorCodes.ClusterQuota, Quota);
        Assert.Equal((3, 0), (aws.Count("DeleteStack"), aws.Stacks.Alive.Count));
    }

    [Fact]
    public async Task Delete_FailsForGood_NamesTheResourceAndTheLineToType()
    {
        await using var aws = await AwsDouble.StartAsync(time);
        aws.Stacks.Script = StackScript.Good.ThenDeletes(false);
        using var access = aws.Open(time);
        var stack = await Life(access).CreateAsync(Request, StackWatch.Silent, TestContext.Current.CancellationToken);
        var error = await Assert.ThrowsAsync<StackException>(() => Life(access).DeleteAsync(stack.StackId, null, StackWatch.Silent, TestContext.Current.CancellationToken));
        Assert.Equal((ErrorCodes.ClusterStuck, 3), (error.Code, aws.Count("DeleteStack")));
        Assert.Equal(
            $"Stack {Name} was not deleted (3 times). Bucket (AWS::S3::Bucket) resists: The bucket you tried to delete is not empty Type: aws cloudformation delete-stack --stack-name {Name} --deletion-mode FORCE_DELETE_STACK --region {AwsDouble.Region}",
            error.Message);
    }

    [Fact]
    public async Task Delete_AwsThatIsNotReachedForALongTime_IsSeenToItsEnd()
    {
        await using var aws = await AwsDouble.StartAsync(time);
        using var access = aws.Open(time);
        var stack = await Life(access).CreateAsync(Request, StackWatch.Silent, TestContext.Current.CancellationToken);
        foreach (var action in (string[])["DeleteStack", "DescribeStacks"]) aws.Next(action, 30, call => Fault(call, "reset"));
        List<StackEvent> shown = [];
        List<string> notes = [];
        await Life(access).DeleteAsync(stack.StackId, null, new() { Show = shown.Add, Note = notes.Add }, TestContext.Current.CancellationToken);
        Assert.Empty(aws.Stacks.Alive);
        Assert.Equal(["DELETE_IN_PROGRESS", "DELETE_COMPLETE"], shown.Select(happened => happened.ResourceStatus)); // and nothing from before
        Assert.Equal(["Cannot DeleteStack", "Cannot DescribeStacks"], notes.Select(note => note.Split(" (")[0])); // each once, as the one was answered before the other was not
        Assert.All(notes, note => Assert.Matches("Waiting for it, up to (29|30) minutes\\.$", note));
    }

    /// <summary>The pages of another account's many stacks, and those of the double.</summary>
    [Fact]
    public async Task List_StacksOfOthersToo_NamesOnlyOurs()
    {
        await using var aws = await AwsDouble.StartAsync(time);
        using var access = aws.Open(time);
        await Life(access).CreateAsync(Request, StackWatch.Silent, TestContext.Current.CancellationToken);
        await Life(access).CreateAsync(Request with { StackName = "somebody-elses" }, StackWatch.Silent, TestContext.Current.CancellationToken);
        var listed = await Life(access).ListAsync("eyeslots-run-", TestContext.Current.CancellationToken);
        Assert.Equal([Name], listed.Select(stack => stack.StackName));
        Assert.Equal("night", listed[0].Parameters.Single(parameter => parameter.ParameterKey == "ClusterName").ParameterValue);
    }
}
