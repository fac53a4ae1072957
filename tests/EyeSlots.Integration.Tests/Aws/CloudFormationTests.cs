using EyeSlots.Aws.CloudFormation;
using EyeSlots.Aws.CloudFormation.Model;
using EyeSlots.Aws.Requests;
using EyeSlots.Core;

namespace EyeSlots.Integration.Tests.Aws;

/// <summary>Stacks made, described, changed and deleted by our client: here in moto, which really makes what it knows.</summary>
public sealed partial class CloudFormationTests(MotoServer moto) : IClassFixture<MotoServer>
{
    private const string Base = "eyeslots-base-of-cloudformation-tests";

    private const string Image = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64";

    /// <summary>
    /// The four templates, those that import from the base stack after it, deleted in the order that imports ask for. The network is a given
    /// one: moto forgets route tables when it deletes a stack, and then refuses to delete the network that the stack made.
    /// </summary>
    [Fact]
    public async Task Templates_InMoto_AreMadeDescribedChangedAndDeleted()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var access = moto.Open(new SkippingTime());
        var life = Life(access);
        List<Stack> made =
        [
            await MakeAsync(life, Base, "base.yaml", await NetworkAsync(access)),
            await MakeAsync(life, "eyeslots-run-cluster", "cluster.yaml", ("BaseStack", Base), ("ClusterName", "cluster"), ("ImageId", Image), ("ProgramSha256", Sha), ("SparkSha256", Sha), ("JreSha256", Sha)),
            await MakeAsync(life, "eyeslots-run-trainer", "trainer.yaml", ("BaseStack", Base), ("ClusterName", "trainer"), ("ImageId", Image), ("ProgramSha256", Sha), ("LibTorchSha256", Sha)),
            await MakeAsync(
                life, "eyeslots-nightly", "nightly.yaml", ("BaseStack", Base), ("TemplateUrl", $"https://bucket.s3.us-east-1.amazonaws.com/templates/{Sha}/cluster.yaml"), ("ProgramSha256", Sha), ("SparkSha256", Sha), ("JreSha256", Sha)),
        ];
        Assert.Equal(["eyeslots-run-cluster", "eyeslots-run-trainer"], (await life.ListAsync("eyeslots-run-", cancellation)).Select(stack => stack.StackName).Order());
        foreach (var stack in Enumerable.Reverse(made))
        {
            await ChangeAsync(life, stack);
            await life.DeleteAsync(stack.StackId, null, StackWatch.Silent, cancellation);
            Assert.Null(await life.FindAsync(stack.StackName, cancellation));
        }
    }

    /// <summary>A template that is wrong for moto as for AWS: one line, and nothing left.</summary>
    [Fact]
    public async Task Create_TemplateWithoutAParameter_IsRefusedInOneLine()
    {
        using var access = moto.Open(new SkippingTime());
        var request = new CreateStackRequest { StackName = "eyeslots-run-wrong", TemplateBody = Body("cluster.yaml") };
        var error = await Assert.ThrowsAsync<AwsException>(() => Life(access).CreateAsync(request, StackWatch.Silent, TestContext.Current.CancellationToken));
        Assert.Equal((ErrorCodes.AwsDenied, "ValidationError"), (error.Code, error.AwsCode));
        Assert.Null(await Life(access).FindAsync("eyeslots-run-wrong", TestContext.Current.CancellationToken));
    }

    /// <summary>Parameters that were given.</summary>
    private static readonly string[] Given = ["BaseStack", "ClusterName", "ImageId", "VpcId", "SubnetIds", "TemplateUrl", "ProgramSha256", "SparkSha256", "JreSha256", "LibTorchSha256"];

    private static string Sha => new('a', 64);

    private static string Body(string template) => System.Text.Encoding.UTF8.GetString(Templates.Read(template));

    /// <summary>The network that moto's account has from its beginning.</summary>
    private static async Task<(string Key, string Value)[]> NetworkAsync(AwsAccess access)
    {
        var answer = await new QueryClient(access, AwsService.Ec2).CallAsync("DescribeSubnets", new(), TestContext.Current.CancellationToken);
        var subnets = answer.List("subnetSet", "item");
        return [("VpcId", subnets[0].Text("vpcId")), ("SubnetIds", string.Join(',', subnets.Take(2).Select(subnet => subnet.Text("subnetId"))))];
    }

    private static async Task<Stack> MakeAsync(StackLife life, string name, string template, params (string Key, string Value)[] parameters)
    {
        var request = new CreateStackRequest
        {
            StackName = name, TemplateBody = Body(template), Parameters = [.. parameters.Select(pair => new Parameter(pair.Key, pair.Value))], Capabilities = ["CAPABILITY_NAMED_IAM"],
            Tags = [new("eyeslots:test", "a+b c é")],
        };
        var stack = await life.CreateAsync(request, StackWatch.Silent, TestContext.Current.CancellationToken);
        Assert.Equal("CREATE_COMPLETE", stack.StackStatus);
        Assert.Contains(new("eyeslots:test", "a+b c é"), stack.Tags);
        foreach (var (key, value) in parameters.Where(pair => pair.Key is not ("ImageId" or "SubnetIds"))) Assert.Contains(new(key, value), stack.Parameters); // which moto shows in a form of its own
        Assert.Equal(stack.StackId, (await life.FindAsync(name, TestContext.Current.CancellationToken))!.StackId);
        return stack;
    }

    /// <summary>
    /// Changes the budget of the base, or the life of another; what was given stays. For what was not given, moto knows no previous value.
    /// </summary>
    private static async Task ChangeAsync(StackLife life, Stack stack)
    {
        var (key, value) = stack.StackName == Base ? ("MonthlyBudget", "7") : ("LifetimeSeconds", "900");
        var request = new UpdateStackRequest
        {
            StackName = stack.StackName, TemplateBody = Body(TemplateOf(stack.StackName)), Capabilities = ["CAPABILITY_NAMED_IAM"],
            Parameters = [.. stack.Parameters.Where(parameter => Given.Contains(parameter.ParameterKey)).Select(parameter => parameter with { UsePreviousValue = true }), new(key, value)],
        };
        var changed = await life.UpdateAsync(request, StackWatch.Silent, TestContext.Current.CancellationToken);
        Assert.Equal(("UPDATE_COMPLETE", stack.StackId), (changed.StackStatus, changed.StackId));
        Assert.Equal(Of(stack, "ProgramSha256"), Of(changed, "ProgramSha256"));
        Assert.Contains(new(key, value), changed.Parameters);
    }

    private static string? Of(Stack stack, string key) => stack.Parameters.FirstOrDefault(parameter => parameter.ParameterKey == key)?.ParameterValue;

    private static string TemplateOf(string stack) => stack == Base ? "base.yaml" : $"{stack.Split('-')[^1]}.yaml";
}
