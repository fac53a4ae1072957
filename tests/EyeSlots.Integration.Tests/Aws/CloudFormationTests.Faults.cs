using EyeSlots.Aws.CloudFormation;
using EyeSlots.Aws.CloudFormation.Model;
using EyeSlots.Aws.Requests;
using EyeSlots.Core;

namespace EyeSlots.Integration.Tests.Aws;

/// <summary>What moto cannot do: AWS that fails, against <see cref="AwsDouble"/>. Pauses cost no time.</summary>
public sealed partial class CloudFormationTests
{
    private const string Name = "eyeslots-run-night", Quota = "You have requested more vCPU capacity than your current vCPU limit of 32 allows";
    private static readonly CreateStackRequest Request = new() { StackName = Name, TemplateBody = "Resources: {}", Parameters = [new("ClusterName", "night")] };
    private readonly SkippingTime time = new();

    /// <summary>Faults that pass, and how often they are answered.</summary>
    public static TheoryData<string, int> Passing => new() { { "throttled", 10 }, { "500", 3 }, { "503", 3 }, { "reset", 3 } };

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task Create_FaultsThatPassAtEachAction_MakesTheStackOnce(string fault, int times)
    {
        await using var aws = await AwsDouble.StartAsync(time);
        foreach (var action in (string[])["CreateStack", "DescribeStacks", "DescribeStackEvents", "DeleteStack"]) aws.Next(action, times, call => Fault(call, fault));
        using var access = aws.Open(time);
        var life = Life(access);
        var stack = await life.CreateAsync(Request, StackWatch.Silent, TestContext.Current.CancellationToken);
        Assert.Equal(("CREATE_COMPLETE", 1, times + 1), (stack.StackStatus, aws.Stacks.Made, aws.Count("CreateStack")));
        Assert.Single(aws.Calls.Where(call => call.Action == "CreateStack").Select(call => call["ClientRequestToken"]).Distinct());
        await life.DeleteAsync(stack.StackId, null, StackWatch.Silent, TestContext.Current.CancellationToken);
        Assert.Empty(aws.Stacks.Alive);
    }

    /// <summary>The call is carried out, its answer is lost, and so is that of each further try, or of one.</summary>
    [Theory]
    [InlineData(1, true)]
    [InlineData(100, false)]
    public async Task Create_AnswerThatIsLost_MakesTheStackOnceOrNotAtAll(int times, bool isMade)
    {
        await using var aws = await AwsDouble.StartAsync(time);
        aws.Next("CreateStack", times, call => aws.AnswerAsUsual(call) with { Status = 500 });
        using var access = aws.Open(time);
        if (isMade) Assert.Equal("CREATE_COMPLETE", (await Life(access).CreateAsync(Request, StackWatch.Silent, TestContext.Current.CancellationToken)).StackStatus);
        else await FailsAsync<AwsException>(aws, ErrorCodes.AwsUnreachable, "still answers 500 after 12 tries");
        Assert.Equal((1, isMade ? 1 : 0), (aws.Stacks.Made, aws.Stacks.Alive.Count));
    }

    /// <summary>
    /// Faults that do not pass once the stack was asked for: it is deleted, and the first cause is what the user reads. Those that might have
    /// passed were waited for as long as the stack may take.
    /// </summary>
    [Theory]
    [InlineData("throttled", "DescribeStackEvents", ErrorCodes.AwsThrottled, "still asks for fewer calls (400 Throttling) after 12 tries")]
    [InlineData("500", "DescribeStackEvents", ErrorCodes.AwsUnreachable, "still answers 500 InternalFailure after 12 tries")]
    [InlineData("reset", "DescribeStackEvents", ErrorCodes.AwsUnreachable, "cannot be reached after 6 tries (the connection broke)")]
    [InlineData("denied", "DescribeStackEvents", ErrorCodes.AwsDenied, "lack cloudformation:CreateStack on arn:aws:cloudformation:eu-central-1:123456789012:stack/eyeslots-run-night/*")]
    [InlineData("expired", "DescribeStackEvents", ErrorCodes.AwsCredentials, "the session token of AWS_ACCESS_KEY_ID has ended (ExpiredToken); log in again")]
    public async Task Create_FaultThatStays_DeletesTheStackAndSaysTheFirstCause(string fault, string action, string code, string text)
    {
        await using var aws = await AwsDouble.StartAsync(time);
        aws.Always(action, call => Fault(call, fault));
        await FailsAsync<AwsException>(aws, code, text);
        Assert.Equal((1, 1, 0), (aws.Stacks.Made, aws.Count("DeleteStack"), aws.Stacks.Alive.Count));
        Assert.Equal(fault is "throttled" or "500" or "reset", time.Passed > TimeSpan.FromMinutes(25));
    }

    [Theory]
    [InlineData("denied", ErrorCodes.AwsDenied)]
    [InlineData("expired", ErrorCodes.AwsCredentials)]
    [InlineData("invalid", ErrorCodes.AwsDenied)]
    public async Task Create_Refused_MakesAndDeletesNothing(string fault, string code)
    {
        await using var aws = await AwsDouble.StartAsync(time);
        aws.Always("CreateStack", call => Fault(call, fault));
        await FailsAsync<AwsException>(aws, code, "Cannot CreateStack (CloudFormation): ");
        Assert.Equal((0, 1, 0), (aws.Stacks.Made, aws.Count("CreateStack"), aws.Count("DeleteStack")));
    }

    /// <summary>Credentials that end for good: nothing can be deleted any more, so the line says what is left and what to type.</summary>
    [Fact]
    public async Task Create_TokenThatEndsForAllActions_NamesTheStackThatIsLeft()
    {
        await using var aws = await AwsDouble.StartAsync(time);
        foreach (var action in (string[])["DescribeStacks", "DescribeStackEvents", "DeleteStack"]) aws.Always(action, call => Fault(call, "expired"));
        var error = await FailsAsync<StackException>(aws, ErrorCodes.AwsCredentials, "has ended (ExpiredToken)");
        Assert.Contains($"Stack {Name} was not deleted", error.Message, StringComparison.Ordinal);
        Assert.Contains($"Type: aws cloudformation delete-stack --stack-name {Name}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_NameOfAnother_LeavesTheOther()
    {
        await using var aws = await AwsDouble.StartAsync(time);
        using var access = aws.Open(time);
        await Life(access).CreateAsync(Request, StackWatch.Silent, TestContext.Current.CancellationToken);
        var error = await FailsAsync<AwsException>(aws, ErrorCodes.AwsDenied, "already exists");
        Assert.Equal(("AlreadyExistsException", 400, "CloudFormation", "CreateStack"), (error.AwsCode, error.Status, error.Service, error.Action));
        Assert.Equal((1, 0), (aws.Stacks.Alive.Count, aws.Count("DeleteStack")));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(-10)]
    public async Task Create_ClockThatIsMinutesOff_IsCorrectedOnce(int minutes)
    {
        var off = new SkippingTime(TimeProvider.System.GetUtcNow().AddMinutes(minutes));
        await using var aws = await AwsDouble.StartAsync(new SteppedTime(off, TimeSpan.FromMinutes(-minutes)));
        using var access = aws.Open(off);
        var stack = await new StackLife(new CloudFormationClient(access), off).CreateAsync(Request, StackWatch.Silent, TestContext.Current.CancellationToken);
        Assert.Equal(("CREATE_COMPLETE", 2), (stack.StackStatus, aws.Count("CreateStack")));
        Assert.Equal(aws.Calls.Count - 1, aws.Calls.Count(call => (call.SignedAt - off.GetUtcNow()).Duration() > TimeSpan.FromMinutes(5)));
    }

    private static StackLife Life(AwsAccess access) => new(new CloudFormationClient(access), access.Time);

    private static DoubleAnswer Fault(DoubleCall call, string fault) => fault switch
    {
        "throttled" => AwsAnswers.Refuse(call, 400, "Throttling", "Rate exceeded"),
        "500" => AwsAnswers.Refuse(call, 500, "InternalFailure", "The request processing has failed because of an unknown error."),
        "503" => new(503, "text/html", "<html><body>Service Unavailable</body></html>"),
        "reset" => DoubleAnswer.Reset,
        "denied" => AwsAnswers.Refuse(
            call, 403, "AccessDenied", $"User: arn:aws:iam::123456789012:user/Alice is not authorized to perform: cloudformation:CreateStack on resource: arn:aws:cloudformation:eu-central-1:123456789012:stack/{Name}/* because no identity-based policy allows the cloudformation:CreateStack action"),
        "expired" => AwsAnswers.Refuse(call, 403, "ExpiredToken", "The security token included in the request is expired"),
        _ => AwsAnswers.Refuse(call, 400, "ValidationError", "Template format error: Resources must not be empty"),
    };

    /// <summary>Tries to make the stack; the failure has one line.</summary>
    private async Task<T> FailsAsync<T>(AwsDouble aws, string code, string text)
        where T : EyeSlotsException
    {
        using var access = aws.Open(time);
        var error = await Assert.ThrowsAsync<T>(() => Life(access).CreateAsync(Request, StackWatch.Silent, TestContext.Current.CancellationToken));
        Assert.Equal((code, 1), (error.Code, error.ExitCode));
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(error.Message, char.IsControl);
        return error;
    }

    /// <summary>A clock that stands apart from another.</summary>
    private sealed class SteppedTime(TimeProvider other, TimeSpan apart) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => other.GetUtcNow() + apart;
    }
}
