using System.Text.Json;
using EyeSlots.Integration.Tests.Cli;
using EyeSlots.Integration.Tests.Storage.Servers;

namespace EyeSlots.Integration.Tests.Storage;

/// <summary>
/// The program as users start it finds credentials wherever the aws command line does: each kind is lent by a server that checks what it
/// is asked, and is used on the real S3 server, which takes none but those.
/// </summary>
public sealed class CredentialTests(S3Server s3) : IAsyncLifetime
{
    private readonly string bucket = S3Names.Bucket();
    private readonly Scratch home = new();
    private readonly Dictionary<string, string> environment = [];
    private readonly Forwarder forwarder = new(s3.Endpoint);
    private SmallServer services = null!;
    private SmallServer front = null!;

    public async ValueTask InitializeAsync()
    {
        await s3.CreateBucketAsync(bucket);
        await s3.PutAsync(bucket, "images/a.jpg", "an image");
        var lenders = new CredentialServices(s3.AccessKey, s3.SecretKey);
        services = await SmallServer.StartAsync(lenders.AnswerAsync);
        front = await SmallServer.StartAsync(context => lenders.AdmitAsync(context, forwarder));
        environment["HOME"] = home.Folder;
        environment["AWS_ENDPOINT_URL_S3"] = front.Endpoint.AbsoluteUri;
        environment["AWS_ENDPOINT_URL"] = services.Endpoint.AbsoluteUri;
        environment["AWS_EC2_METADATA_DISABLED"] = "true";
        Directory.CreateDirectory(home[".aws"]);
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await front.DisposeAsync();
        forwarder.Dispose();
        home.Dispose();
    }

    [Theory]
    [InlineData("role", "role_arn of profile 'role', lent to aws_access_key_id of profile 'base'")]
    [InlineData("external", "role_arn of profile 'external'")]
    [InlineData("chained", "role_arn of profile 'chained', lent to role_arn of profile 'role', lent to aws_access_key_id of profile 'base'")]
    [InlineData("itself", "role_arn of profile 'itself', lent to aws_access_key_id of profile 'itself'")]
    [InlineData("named", "role_arn of profile 'named', lent to AWS_ACCESS_KEY_ID")]
    [InlineData("task", "role_arn of profile 'task', lent to AWS_CONTAINER_CREDENTIALS_FULL_URI")]
    [InlineData("instance", "role_arn of profile 'instance', lent to the instance's role (IMDSv2)")]
    [InlineData("web", "role_arn of profile 'web', lent to web_identity_token_file of profile 'web'")]
    [InlineData("process", "credential_process of profile 'process'")]
    [InlineData("legacy", "sso_start_url of profile 'legacy'")]
    [InlineData("session", "sso_session of profile 'session'")]
    [InlineData("renewed", "sso_session of profile 'renewed'")]
    public async Task Profile_OfEveryKind_ReachesTheServer(string profile, string source)
    {
        await Profiles.WriteAsync(home, s3);
        environment["AWS_ACCESS_KEY_ID"] = CredentialServices.SourceKey;
        environment["AWS_SECRET_ACCESS_KEY"] = CredentialServices.SourceSecret;
        environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = new Uri(services.Endpoint, "container").AbsoluteUri;
        environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = CredentialServices.ContainerToken;
        environment["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = services.Endpoint.AbsoluteUri.TrimEnd('/');
        environment["AWS_EC2_METADATA_DISABLED"] = "false";
        await ReachesAsync(source, "--s3-profile", profile);
    }

    [Fact]
    public async Task WebIdentityOfTheEnvironment_AsPodsOfKubernetesHaveIt_ReachesTheServer()
    {
        await File.WriteAllTextAsync(home["token"], CredentialServices.WebToken + "\n");
        environment["AWS_WEB_IDENTITY_TOKEN_FILE"] = home["token"];
        environment["AWS_ROLE_ARN"] = CredentialServices.Role;
        await ReachesAsync("AWS_ROLE_ARN, lent to AWS_WEB_IDENTITY_TOKEN_FILE");
    }

    [Theory]
    [InlineData("AWS_CONTAINER_AUTHORIZATION_TOKEN")]
    [InlineData("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE")]
    public async Task Container_WithItsToken_ReachesTheServer(string variable)
    {
        await File.WriteAllTextAsync(home["token"], CredentialServices.ContainerToken);
        environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = new Uri(services.Endpoint, "container").AbsoluteUri;
        environment[variable] = variable.EndsWith("FILE", StringComparison.Ordinal) ? home["token"] : CredentialServices.ContainerToken;
        await ReachesAsync("AWS_CONTAINER_CREDENTIALS_FULL_URI");
    }

    [Fact]
    public async Task Instance_WithARole_ReachesTheServer()
    {
        environment["AWS_EC2_METADATA_DISABLED"] = "false";
        environment["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = services.Endpoint.AbsoluteUri.TrimEnd('/');
        await ReachesAsync("the instance's role (IMDSv2)");
        Assert.Equal("PUT /latest/api/token", services.Requests.First());
    }

    [Fact]
    public async Task KeysOfVariables_WinOverTheDefaultProfile_ButNotOverOneThatIsAsked()
    {
        await File.WriteAllTextAsync(home[".aws/credentials"], $"[default]\naws_access_key_id = {s3.AccessKey}\naws_secret_access_key = wrong\n[good]\naws_access_key_id = {s3.AccessKey}\naws_secret_access_key = {s3.SecretKey}\n");
        environment["AWS_ENDPOINT_URL_S3"] = s3.Endpoint.AbsoluteUri;
        environment["AWS_ACCESS_KEY_ID"] = s3.AccessKey;
        environment["AWS_SECRET_ACCESS_KEY"] = s3.SecretKey;
        await ReachesAsync("AWS_ACCESS_KEY_ID");
        environment["AWS_SECRET_ACCESS_KEY"] = "wrong";
        await ReachesAsync("aws_access_key_id of profile 'good'", "--s3-profile", "good");
    }

    private async Task ReachesAsync(string source, params string[] options)
    {
        var result = await EyeSlotsProgram.RunAsync(environment, ["doctor", "--images", $"s3://{bucket}/images", "--json", .. options]);
        Assert.True(result.ExitCode == 0, result.Output + result.Errors);
        var check = result.Json.GetProperty("checks").EnumerateArray().Single(one => one.GetProperty("check").GetString() == "S3 credentials");
        Assert.Contains($"from {source}", check.GetProperty("detail").GetString());
        Assert.DoesNotContain(s3.SecretKey, result.Output + result.Errors);
        Assert.DoesNotContain(CredentialServices.LentToken, result.Output + result.Errors);
    }
}
