using EyeSlots.Integration.Tests;
using EyeSlots.Integration.Tests.Cli;
using EyeSlots.Integration.Tests.Storage;
using EyeSlots.Integration.Tests.Storage.Servers;
using EyeSlots.Spark.Tests.Servers;

namespace EyeSlots.Spark.Tests.Engine;

/// <summary>Executors find credentials of their own as this machine does: the worker is another compiled program, with the same parts.</summary>
public sealed class ExecutorCredentialTests(S3Server s3) : IAsyncLifetime
{
    private readonly Scratch home = new();
    private readonly Forwarder forwarder = new(s3.Endpoint);
    private SmallServer services = null!;
    private SmallServer front = null!;

    /// <summary>Each needs a Spark of its own, so in short only those with most parts behind them.</summary>
    public static TheoryData<string> Kinds => LongRun.IsOn
        ? ["role", "chained", "task", "instance", "web", "process", "legacy", "session", "renewed"]
        : ["chained", "renewed"];

    public async ValueTask InitializeAsync()
    {
        var lenders = new CredentialServices(s3.AccessKey, s3.SecretKey);
        services = await SmallServer.StartAsync(lenders.AnswerAsync);
        front = await SmallServer.StartAsync(context => lenders.AdmitAsync(context, forwarder));
        Directory.CreateDirectory(home[".aws"]);
        await Profiles.WriteAsync(home, s3);
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await front.DisposeAsync();
        forwarder.Dispose();
        home.Dispose();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Executor_WithAProfileOfItsOwn_ReachesTheServerAndSaysHow(string profile)
    {
        var bucket = $"executors-{profile}";
        await s3.CreateBucketAsync(bucket);
        await s3.PutAsync(bucket, "a.jpg", "an image");
        var variables = Variables(profile);
        await using var spark = await SparkServer.StartAsync("4.1.4", new() { Master = "local[1]", Environment = variables });
        foreach (var (name, value) in SparkJob.Environment(spark.Remote)) variables[name] = value;
        var result = await EyeSlotsProgram.RunAsync(variables, "doctor", "--images", $"s3://{bucket}", "--json");
        Assert.True(result.ExitCode == 0, result.Output + result.Errors);
        Assert.Matches($"executor [^\"]*: S3 credentials\",\"passed\":true,\"detail\":\"[^\"]*of profile [^ ]*{profile}", result.Output);
        Assert.Matches("executor [^\"]*: S3 server\",\"passed\":true,\"detail\":\"http://127.0.0.1:[0-9]* .the driver", result.Output);
        Assert.DoesNotContain(s3.SecretKey, result.Output + spark.Log);
    }

    private Dictionary<string, string> Variables(string profile) => new()
    {
        ["HOME"] = home.Folder,
        ["AWS_CONFIG_FILE"] = home[".aws/config"],
        ["AWS_SHARED_CREDENTIALS_FILE"] = home[".aws/credentials"],
        ["AWS_PROFILE"] = profile,
        ["AWS_ENDPOINT_URL_S3"] = front.Endpoint.AbsoluteUri,
        ["AWS_ENDPOINT_URL"] = services.Endpoint.AbsoluteUri,
        ["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = services.Endpoint.AbsoluteUri.TrimEnd('/'),
        ["AWS_EC2_METADATA_DISABLED"] = "false",
        ["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = new Uri(services.Endpoint, "container").AbsoluteUri,
        ["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = CredentialServices.ContainerToken,
    };
}
