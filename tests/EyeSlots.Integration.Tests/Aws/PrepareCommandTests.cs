using EyeSlots.Aws.Mailbox;
using EyeSlots.Core.Storage;
using EyeSlots.Integration.Tests.Cli;

namespace EyeSlots.Integration.Tests.Aws;

/// <summary><c>cluster prepare</c>: what is there is not sent again, and everything but data goes away.</summary>
public sealed class PrepareCommandTests(PreparedAccount account) : IClassFixture<PreparedAccount>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Prepare_WithoutSparkAndJava_SaysTheLineThatIsStillToBeTyped()
    {
        const string next = "eyeslots cluster prepare --spark FILE --jre FILE";
        var made = await EyeSlotsProgram.RunAsync(account.Variables(account.Moto.EnvironmentVariables), "cluster", "prepare", "--region", "us-west-2");
        Assert.True(made.ExitCode == 0, made.Errors);
        Assert.Contains("us-west-2 is prepared in part: ", made.Output, StringComparison.Ordinal);
        Assert.EndsWith($"A cluster needs more: {next}\n", made.Output, StringComparison.Ordinal);
        var refused = await EyeSlotsProgram.RunAsync(account.Moto.EnvironmentVariables, "cluster", "up", "--region", "us-west-2");
        Assert.EndsWith($"error artifact-missing: spark.tgz and jre.tar.gz were never uploaded; run '{next}'.\n", refused.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prepare_Again_SendsNothingAndRemoveLeavesTheData()
    {
        await using var proxy = await AccountProxy.StartAsync(account.Moto);
        var again = await EyeSlotsProgram.RunAsync(account.Variables(proxy.EnvironmentVariables), account.PrepareLine);
        Assert.True(again.ExitCode == 0, again.Output + again.Errors);
        var artifacts = again.Json.GetProperty("artifacts").EnumerateArray().ToList();
        Assert.Equal(["eyeslots.tar.gz", "spark.tgz", "jre.tar.gz"], artifacts.Select(artifact => artifact.GetProperty("file").GetString()));
        Assert.All(artifacts, artifact => Assert.False(artifact.GetProperty("sent").GetBoolean()));
        Assert.DoesNotContain(proxy.Calls, call => call.StartsWith("POST /", StringComparison.Ordinal) || (call.StartsWith("PUT /", StringComparison.Ordinal) && call.EndsWith("gz", StringComparison.Ordinal)));

        const string template = """{"Resources":{"Bucket":{"Type":"AWS::S3::Bucket"}}}""";
        await account.Account.Stacks.CreateStackAsync(new() { StackName = "eyeslots-run-in-use", TemplateBody = template }, Cancellation);
        var refused = await EyeSlotsProgram.RunAsync(account.Moto.EnvironmentVariables, "cluster", "prepare", "--remove", "--json");
        Assert.Equal("cluster-busy", refused.Json.GetProperty("error").GetProperty("code").GetString());
        await account.JsonAsync("cluster", "down", "in-use");

        await account.PutAsync("photograph", "data");
        await account.JsonAsync("cluster", "prepare", "--remove");
        Assert.Null(await account.Account.Life.FindAsync("eyeslots-base", Cancellation));
        var data = account.Account.Stores.Open(StorageAddress.Parse($"s3://{account.DataBucket}"));
        Assert.NotNull(await data.StatAsync("photograph", Cancellation));
        var gone = account.Account.Stores.Open(StorageAddress.Parse($"s3://{account.ArtifactBucket}"));
        await Assert.ThrowsAsync<StorageException>(async () => await gone.StatAsync(MailboxKeys.Status, Cancellation));
    }
}
