using EyeSlots.Aws.Requests;
using EyeSlots.Aws.Services;
using EyeSlots.Core;

namespace EyeSlots.Integration.Tests.Aws;

/// <summary>The clients of single services in moto; what moto does not have, in the forms of the services' references at the double.</summary>
public sealed class ServiceClientTests(MotoServer moto) : IClassFixture<MotoServer>
{
    private const string Group = "workers";
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Clients_InMoto_ReadWhatIsThere()
    {
        using var access = moto.Open(new SkippingTime());
        Assert.Equal("123456789012", (await new SecurityTokenClient(access).GetCallerIdentityAsync(Cancellation)).Account);
        Assert.StartsWith("ami-", await new SystemsManagerClient(access).GetParameterAsync("/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64", Cancellation), StringComparison.Ordinal);
        Assert.Equal(5, await new ServiceQuotasClient(access).GetServiceQuotaAsync("vpc", "L-F678F1CE", Cancellation)); // VPCs of a region
    }

    [Fact]
    public async Task AutoScaling_GroupInMoto_IsDescribedAndChanged()
    {
        using var access = moto.Open(new SkippingTime());
        var query = new QueryClient(access, AwsService.AutoScaling);
        var image = await new SystemsManagerClient(access).GetParameterAsync("/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64", Cancellation);
        await query.CallAsync("CreateLaunchConfiguration", new QueryForm().Add("LaunchConfigurationName", Group).Add("ImageId", image).Add("InstanceType", "c7i.large"), Cancellation);
        await query.CallAsync(
            "CreateAutoScalingGroup",
            new QueryForm().Add("AutoScalingGroupName", Group).Add("LaunchConfigurationName", Group).Add("MinSize", 0).Add("MaxSize", 4).Add("DesiredCapacity", 2).AddList("AvailabilityZones.member", ["us-east-1a"]),
            Cancellation);
        var groups = new AutoScalingClient(access);
        var before = (await groups.DescribeAutoScalingGroupAsync(Group, Cancellation))!;
        Assert.Equal((0, 4, 2, 2), (before.MinSize, before.MaxSize, before.DesiredCapacity, before.Instances.Count));
        await groups.UpdateAutoScalingGroupAsync(Group, 0, 0, cancellation: Cancellation);
        var after = (await groups.DescribeAutoScalingGroupAsync(Group, Cancellation))!;
        Assert.Equal((0, 4, 0), (after.MinSize, after.MaxSize, after.DesiredCapacity));
        Assert.Null(await groups.DescribeAutoScalingGroupAsync("nobody", Cancellation));
    }

    [Fact]
    public async Task Ec2_InstanceInMoto_IsFoundByItsTag()
    {
        using var access = moto.Open(new SkippingTime());
        var form = new QueryForm().Add("ImageId", "ami-12c6146b").Add("InstanceType", "c7i.large").Add("MinCount", 1).Add("MaxCount", 1)
            .Add("TagSpecification.1.ResourceType", "instance").Add("TagSpecification.1.Tag.1.Key", "eyeslots:cluster").Add("TagSpecification.1.Tag.1.Value", "night");
        await new QueryClient(access, AwsService.Ec2).CallAsync("RunInstances", form, Cancellation);
        var machines = new Ec2Client(access);
        var found = Assert.Single(await machines.DescribeInstancesAsync("eyeslots:cluster", "night", Cancellation));
        Assert.Equal(("c7i.large", "running", false), (found.InstanceType, found.State, found.IsSpot));
        Assert.NotEmpty(await machines.GetConsoleOutputAsync(found.InstanceId, Cancellation));
        Assert.Empty(await machines.DescribeInstancesAsync("eyeslots:cluster", "another", Cancellation));
    }

    [Fact]
    public async Task ScalingActivities_OfADepletedGroup_SayWhy()
    {
        await using var aws = await AwsDouble.StartAsync();
        aws.Always("DescribeScalingActivities", _ => AwsAnswers.Query("DescribeScalingActivities", "http://autoscaling.amazonaws.com/doc/2011-01-01/", """
            <Activities><member>
              <ActivityId>f9f2d65b-f1f2-43e7-b46d-d86756459699</ActivityId><AutoScalingGroupName>workers</AutoScalingGroupName><StatusCode>Failed</StatusCode><Progress>100</Progress>
              <Description>Launching a new EC2 instance.  Status Reason: There is no Spot capacity available that matches your request.</Description>
              <StatusMessage>There is no Spot capacity available that matches your request. Launching EC2 instance failed.</StatusMessage>
              <StartTime>2026-07-20T12:00:00Z</StartTime><EndTime>2026-07-20T12:00:01Z</EndTime>
            </member></Activities>
            """));
        using var access = aws.Open(TimeProvider.System);
        var last = Assert.Single(await new AutoScalingClient(access).DescribeScalingActivitiesAsync(Group, Cancellation));
        Assert.Equal(("Failed", new DateTimeOffset(2026, 7, 20, 12, 0, 0, TimeSpan.Zero)), (last.StatusCode, last.StartTime));
        Assert.StartsWith("There is no Spot capacity", last.StatusMessage, StringComparison.Ordinal);
    }

    /// <summary>Answers that are none of the service, hostile ones among them: one line, nothing allocated for what they claim.</summary>
    [Theory]
    [InlineData("<html><body>Sign in to the airport's network</body></html>", "no GetCallerIdentityResponse")]
    [InlineData("{}", "no XML")]
    [InlineData("", "no XML")]
    [InlineData("<GetCallerIdentityResponse/>", "GetCallerIdentityResult is missing")]
    [InlineData("<GetCallerIdentityResponse><GetCallerIdentityResult><Account>1</Account></GetCallerIdentityResult></GetCallerIdentityResponse>", "Arn is missing")]
    [InlineData("<!DOCTYPE a [<!ENTITY a \"b\"><!ENTITY c SYSTEM \"file:///etc/passwd\">]><GetCallerIdentityResponse>&c;</GetCallerIdentityResponse>", "no XML")]
    public async Task Query_AnswerThatIsNone_IsRefused(string body, string why)
    {
        await using var aws = await AwsDouble.StartAsync();
        aws.Always("GetCallerIdentity", _ => new(200, "text/xml", body));
        using var access = aws.Open(TimeProvider.System);
        var error = await Assert.ThrowsAsync<AwsException>(() => new SecurityTokenClient(access).GetCallerIdentityAsync(Cancellation));
        Assert.Equal(ErrorCodes.AwsUnreachable, error.Code);
        Assert.Contains($"gave an answer that is not one of STS ({why})", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Query_AnswerOfManyBytes_IsGivenUpOnce()
    {
        await using var aws = await AwsDouble.StartAsync();
        aws.Always("GetCallerIdentity", _ => new(200, "text/xml", new string(' ', 17 << 20)));
        using var access = aws.Open(TimeProvider.System);
        var error = await Assert.ThrowsAsync<AwsException>(() => new SecurityTokenClient(access).GetCallerIdentityAsync(Cancellation));
        Assert.Contains("gave an answer that is not one of STS (too many bytes)", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, aws.Count("GetCallerIdentity"));
    }

    [Theory]
    [InlineData("<html/>")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"SecretString": null}""")]
    [InlineData("""{"SecretString": "planted", "SecretString": "planted"}""")]
    public async Task Json_AnswerThatIsNone_IsRefusedWithoutItsText(string body)
    {
        await using var aws = await AwsDouble.StartAsync();
        aws.Always("GetSecretValue", _ => new(200, "application/x-amz-json-1.1", body));
        using var access = aws.Open(TimeProvider.System);
        var error = await Assert.ThrowsAsync<AwsException>(() => new SecretsManagerClient(access).GetSecretValueAsync("secret", Cancellation));
        Assert.Equal(ErrorCodes.AwsUnreachable, error.Code);
        Assert.DoesNotContain("planted", error.ToString(), StringComparison.Ordinal);
    }
}
