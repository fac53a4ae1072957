using EyeSlots.Aws.Clusters;
using EyeSlots.Integration.Tests.Cli;

namespace EyeSlots.Integration.Tests.Aws;

/// <summary>What is found before a machine is paid for.</summary>
public sealed partial class ClusterCommandTests
{
    [Fact]
    public async Task Checks_FindWhatIsMissingBeforeAnythingIsMade()
    {
        await using var proxy = await AccountProxy.StartAsync(account.Moto);
        proxy.Answer("GetServiceQuota", """{"Quota":{"QuotaCode":"L-34B43A08","Value":16.0}}""");
        Assert.Equal("cluster-quota", await CodeAsync(proxy.EnvironmentVariables, "cluster", "up"));
        Assert.Equal("artifact-missing", await CodeAsync(proxy.EnvironmentVariables, "cluster", "run", "--", "train", "--data", $"s3://{account.DataBucket}/slots", "--train", "a", "--validation", "b", "--run", $"s3://{account.DataBucket}/runs/1"));
        Assert.Equal("base-missing", await CodeAsync(proxy.EnvironmentVariables, "cluster", "up", "--region", "eu-west-3"));
        Assert.Equal("aws-credentials", await CodeAsync(new Dictionary<string, string> { ["AWS_ENDPOINT_URL"] = account.Moto.Endpoint.AbsoluteUri, ["AWS_REGION"] = "us-east-1", ["AWS_EC2_METADATA_DISABLED"] = "true", ["HOME"] = "/nonexistent" }, "cluster", "up"));
        Assert.Empty(proxy.Changes.Except(["GetCallerIdentity"]));
    }

    [Fact]
    public async Task Checks_FindABucketElsewhereAndABaseOfAnotherVersion()
    {
        const string bucket = """{"Resources":{"Data":{"Type":"AWS::S3::Bucket","Properties":{"BucketName":"photographs-elsewhere"}}}}""";
        await MakeAsync("eu-west-1", "photographs", bucket);
        var elsewhere = await ErrorAsync(account.Moto.EnvironmentVariables, "cluster", "run", "--", "verify", "--out", "s3://photographs-elsewhere/slots");
        Assert.Equal("region-mismatch", elsewhere.Code);
        Assert.Contains("The bucket photographs-elsewhere is in eu-west-1 and the cluster would be in us-east-1", elsewhere.Message, StringComparison.Ordinal);
        foreach (var (region, version, next) in ((string, string, string)[])[("eu-west-2", "0", "run 'eyeslots cluster prepare' to update it"), ("sa-east-1", "99", "update it"), ("eu-north-1", "one", "run 'eyeslots cluster prepare'")])
        {
            await MakeAsync(region, "eyeslots-base", $$$"""{"Resources":{"Topic":{"Type":"AWS::SNS::Topic"}},"Outputs":{"BaseVersion":{"Value":"{{{version}}}"} } }""");
            var outdated = await ErrorAsync(account.Moto.EnvironmentVariables, "cluster", "up", "--region", region);
            Assert.Equal("base-outdated", outdated.Code);
            Assert.Contains($"has version '{version}' and this program needs 1", outdated.Message, StringComparison.Ordinal);
            Assert.Contains(next, outdated.Message, StringComparison.Ordinal);
        }
    }

    private async Task MakeAsync(string region, string name, string template)
    {
        using var there = new ClusterAccount(new(new(Region: region, Endpoint: account.Moto.Endpoint.AbsoluteUri), TimeProvider.System, account.Moto.EnvironmentVariables.GetValueOrDefault));
        await there.Stacks.CreateStackAsync(new() { StackName = name, TemplateBody = template }, Cancellation);
    }

    private static async Task<string?> CodeAsync(IReadOnlyDictionary<string, string> variables, params string[] line) => (await ErrorAsync(variables, line)).Code;

    private static async Task<(string? Code, string? Message)> ErrorAsync(IReadOnlyDictionary<string, string> variables, params string[] line)
    {
        var result = await EyeSlotsProgram.RunAsync(variables, [.. line.TakeWhile(word => word != "--"), "--json", .. line.SkipWhile(word => word != "--")]);
        Assert.Equal(1, result.ExitCode);
        var error = result.Json.GetProperty("error");
        return (error.GetProperty("code").GetString(), error.GetProperty("message").GetString());
    }
}
