using EyeSlots.Integration.Tests.Cli;
using EyeSlots.Integration.Tests.Storage.Servers;
using Microsoft.AspNetCore.Http;

namespace EyeSlots.Integration.Tests.Storage;

/// <summary>The program behind proxies, with authorities of one's own, and on the hosts of AWS, which a tunnel leads to the test's server.</summary>
public sealed class S3NetworkTests(S3Server s3) : IAsyncLifetime
{
    private readonly string bucket = S3Names.Bucket();
    private readonly Scratch home = new();
    private readonly TestAuthority authority = new();
    private readonly Dictionary<string, string> environment = [];
    private readonly Forwarder forwarder = new(s3.Endpoint);

    public async ValueTask InitializeAsync()
    {
        await s3.CreateBucketAsync(bucket);
        environment["HOME"] = home.Folder;
        environment["AWS_ACCESS_KEY_ID"] = s3.AccessKey;
        environment["AWS_SECRET_ACCESS_KEY"] = s3.SecretKey;
        environment["AWS_CA_BUNDLE"] = authority.WriteTo(home["authority.pem"]);
    }

    public ValueTask DisposeAsync()
    {
        forwarder.Dispose();
        authority.Dispose();
        home.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Aws_ABucketOfAnotherRegion_IsReachedByItsHostsNameThroughTheProxy()
    {
        await using var real = await s3.StartOtherAsync("--region", "eu-west-1", "--virtual-domain", "s3.eu-west-1.amazonaws.com");
        using var aws = new Forwarder(real.Endpoint);
        await using var front = await SmallServer.StartAsync(
            context => context.Request.Host.Host.EndsWith("s3.eu-west-1.amazonaws.com", StringComparison.Ordinal) ? aws.ForwardAsync(context) : MovedAsync(context),
            authority.Certify("*.s3.us-east-1.amazonaws.com", "*.s3.eu-west-1.amazonaws.com"));
        await using var proxy = new ConnectProxy(front.Endpoint);
        environment["HTTPS_PROXY"] = proxy.Endpoint.AbsoluteUri;
        var result = await DoctorAsync();
        Assert.True(result.ExitCode == 0, result.Output + result.Errors);
        Assert.Equal([$"{bucket}.s3.us-east-1.amazonaws.com", $"{bucket}.s3.eu-west-1.amazonaws.com"], proxy.Hosts.Distinct());
        Assert.Contains("AWS (no endpoint is set), region us-east-1 (default), buckets in the host", result.Output);
    }

    [Theory]
    [InlineData("variable")]
    [InlineData("profile")]
    public async Task Authorities_OfTheBundle_AreTrustedWhereverItIsSet(string where)
    {
        await using var front = await SmallServer.StartAsync(forwarder.ForwardAsync, authority.Certify("localhost"));
        environment["AWS_ENDPOINT_URL_S3"] = front.Endpoint.AbsoluteUri;
        if (where == "profile")
        {
            Directory.CreateDirectory(home[".aws"]);
            await File.WriteAllTextAsync(home[".aws/config"], $"[default]\nca_bundle = {home["authority.pem"]}\n");
            environment.Remove("AWS_CA_BUNDLE");
        }

        var result = await DoctorAsync();
        Assert.True(result.ExitCode == 0, result.Output + result.Errors);
        Assert.Contains(home["authority.pem"], result.Output);
    }

    [Theory]
    [InlineData(null, "its certificate is not trusted here (AWS_CA_BUNDLE names a file of further authorities)")]
    [InlineData("other", "its certificate is not signed by those of AWS_CA_BUNDLE")]
    public async Task Certificate_OfAnotherAuthority_IsRefusedAndTheSettingNamed(string? bundle, string expected)
    {
        await using var front = await SmallServer.StartAsync(forwarder.ForwardAsync, authority.Certify("localhost"));
        environment["AWS_ENDPOINT_URL_S3"] = front.Endpoint.AbsoluteUri;
        using var other = new TestAuthority();
        if (bundle is null) environment.Remove("AWS_CA_BUNDLE");
        else environment["AWS_CA_BUNDLE"] = other.WriteTo(home["other.pem"]);
        await FailsAsync(expected);
        Assert.Empty(front.Requests);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("10.0.0.0/8,example.org", true)]
    [InlineData("*", false)]
    public async Task NoProxy_DecidesWhetherTheProxyIsUsed(string? excluded, bool expected)
    {
        await using var front = await SmallServer.StartAsync(forwarder.ForwardAsync, authority.Certify("slots.example"));
        await using var proxy = new ConnectProxy(front.Endpoint);
        environment["HTTPS_PROXY"] = proxy.Endpoint.AbsoluteUri;
        environment["AWS_ENDPOINT_URL_S3"] = "https://slots.example";
        if (excluded is not null) environment["NO_PROXY"] = excluded;
        await s3.PutAsync(bucket, "a.jpg", "an image");
        var result = await EyeSlotsProgram.RunAsync(environment, "doctor", "--images", $"s3://{bucket}");
        Assert.Equal(expected ? 0 : 1, result.ExitCode);
        Assert.Equal(expected, !proxy.Hosts.IsEmpty);
        if (!expected) Assert.Contains("https://slots.example cannot be reached", result.Output);
    }

    [Fact]
    public async Task Proxy_ThatLetsNothingThrough_IsNamed()
    {
        await using var front = await SmallServer.StartAsync(forwarder.ForwardAsync, authority.Certify("slots.example"));
        await using var proxy = new ConnectProxy(front.Endpoint) { Refuses = true };
        environment["HTTPS_PROXY"] = proxy.Endpoint.AbsoluteUri;
        environment["AWS_ENDPOINT_URL_S3"] = "https://slots.example";
        await FailsAsync("the proxy lets nothing through to https://slots.example; check HTTPS_PROXY and NO_PROXY");
    }

    [Theory]
    [InlineData("AWS_ENDPOINT_URL_S3", "host:9000")]
    [InlineData("AWS_ENDPOINT_URL", "ftp://host")]
    [InlineData("AWS_REGION", "eu west")]
    public async Task Setting_ThatIsNoSuchThing_IsAWrongCommandLine_AndOnlyWhereS3IsUsed(string variable, string value)
    {
        environment[variable] = value;
        foreach (var command in (string[][])[["verify", "--out", $"s3://{bucket}"], ["gc", $"s3://{bucket}"], ["doctor", "--images", $"s3://{bucket}"]])
        {
            var wrong = await EyeSlotsProgram.RunAsync(environment, command);
            Assert.True(wrong.ExitCode == (command[0] == "doctor" ? 1 : 2), wrong.Output + wrong.Errors);
            Assert.Contains(variable, wrong.Output + wrong.Errors);
            Assert.DoesNotContain("   at ", wrong.Errors);
        }

        Assert.Equal(0, (await EyeSlotsProgram.RunAsync(environment, "gc", home.Folder)).ExitCode);
        Assert.Equal(0, (await EyeSlotsProgram.RunAsync(environment, "doctor")).ExitCode);
    }

    private Task<ProgramResult> DoctorAsync() => EyeSlotsProgram.RunAsync(environment, "doctor", "--out", $"s3://{bucket}/slots", "--json");

    private async Task FailsAsync(string expected)
    {
        var result = await EyeSlotsProgram.RunAsync(environment, "verify", "--out", $"s3://{bucket}/slots");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(expected, result.Errors);
        Assert.Single(result.Errors.TrimEnd('\n').Split('\n'));
    }

    private static Task MovedAsync(HttpContext context)
    {
        context.Response.Headers["x-amz-bucket-region"] = "eu-west-1";
        return context.RefuseAsync(301, "PermanentRedirect", "The bucket you are attempting to access must be addressed using the specified endpoint.");
    }
}
