using EyeSlots.Integration.Tests.Cli;
using EyeSlots.Integration.Tests.Storage.Servers;

namespace EyeSlots.Integration.Tests.Storage;

/// <summary>Each setting of credentials, set wrongly, ends in one line that names it; no line holds a secret or what a server wrote.</summary>
public sealed class CredentialFailureTests(S3Server s3) : IAsyncLifetime
{
    private const string Base = $"\n[profile base]\naws_access_key_id = {CredentialServices.SourceKey}\naws_secret_access_key = {CredentialServices.SourceSecret}\n";
    private readonly Scratch home = new();
    private readonly Dictionary<string, string> environment = [];
    private SmallServer services = null!;

    public async ValueTask InitializeAsync()
    {
        services = await SmallServer.StartAsync(new CredentialServices(s3.AccessKey, s3.SecretKey).AnswerAsync);
        environment["HOME"] = home.Folder;
        environment["AWS_ENDPOINT_URL"] = services.Endpoint.AbsoluteUri;
        environment["AWS_EC2_METADATA_DISABLED"] = "true";
        Directory.CreateDirectory(home[".aws"]);
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        home.Dispose();
    }

    [Theory]
    [InlineData($"role_arn = {CredentialServices.Role}", "profile 'p' has role_arn without source_profile and without credential_source")]
    [InlineData($"role_arn = {CredentialServices.Role}\nsource_profile = none", "source_profile 'none' of profile 'p' is missing")]
    [InlineData($"role_arn = {CredentialServices.Role}\nsource_profile = empty", "source_profile 'empty' of profile 'p' has no credentials")]
    [InlineData($"role_arn = {CredentialServices.Role}\nsource_profile = p", "source_profile of profile 'p' leads back to itself")]
    [InlineData($"role_arn = {CredentialServices.Role}\nsource_profile = base\ncredential_source = Environment", "has source_profile and credential_source; keep one")]
    [InlineData($"role_arn = {CredentialServices.Role}\ncredential_source = Nowhere", "credential_source of profile 'p' is 'Nowhere'; it must be")]
    [InlineData($"role_arn = {CredentialServices.Role}\ncredential_source = Environment", "credential_source = Environment of profile 'p' gives no credentials here")]
    [InlineData($"role_arn = {CredentialServices.Role}\nsource_profile = base\nmfa_serial = arn", "profile 'p' has mfa_serial")]
    [InlineData($"role_arn = {CredentialServices.Role}\nsource_profile = base\nduration_seconds = 5", "duration_seconds of profile 'p' must lie between 900 and 43200")]
    [InlineData($"role_arn = {CredentialServices.OtherRole}\nsource_profile = base", "role_arn of profile 'p' was not lent to the credentials of aws_access_key_id of profile 'base' (AccessDenied)")]
    [InlineData($"role_arn = {CredentialServices.Role}\nsource_profile = base\nexternal_id = wrong", "(AccessDenied): its trust policy")]
    [InlineData($"role_arn = {CredentialServices.Role}\nsource_profile = stranger", "(InvalidClientTokenId): their access key id is not known")]
    [InlineData($"role_arn = {CredentialServices.Role}\nsource_profile = forger", "(SignatureDoesNotMatch): their secret key is wrong")]
    [InlineData($"role_arn = {CredentialServices.Role}\nweb_identity_token_file = /none", "web_identity_token_file of profile 'p' (/none) cannot be read")]
    [InlineData($"role_arn = {CredentialServices.Role}\nweb_identity_token_file = /etc/hostname", "(InvalidIdentityToken): the web identity token is not accepted")]
    [InlineData("web_identity_token_file = /none", "profile 'p' has web_identity_token_file without role_arn")]
    [InlineData("aws_access_key_id = AKIA", "profile 'p' has aws_access_key_id without aws_secret_access_key")]
    [InlineData("credential_process = sh -c 'echo secret-of-a-server >&2; exit 3'", "credential_process of profile 'p' gave no credentials")]
    [InlineData("credential_process = echo secret-of-a-server", "credential_process of profile 'p' gave no credentials")]
    [InlineData("credential_process = /no/such/program", "credential_process of profile 'p' gave no credentials")]
    [InlineData("sso_session = none\nsso_account_id = 1\nsso_role_name = Slots", "has no [sso-session none]; run 'aws configure sso'")]
    [InlineData("sso_start_url = https://nobody\nsso_region = us-east-1\nsso_account_id = 1\nsso_role_name = Slots", "run 'aws sso login --profile p'")]
    [InlineData("sso_start_url = https://nobody\nsso_region = us-east-1\nsso_account_id = 1", "profile 'p' has a login without sso_role_name")]
    [InlineData("region = eu-west-1", "no AWS credentials found")]
    public async Task Profile_WithSomethingWrong_NamesIt(string profile, string expected)
    {
        await ConfigureAsync($"[profile p]\n{profile}\n");
        await FailsAsync(expected, "--s3-profile", "p");
    }

    [Theory]
    [InlineData("ended", "run 'aws sso login --profile ended'")]
    [InlineData("denied", "does not give the role (ForbiddenException); check sso_account_id and sso_role_name")]
    public async Task Login_ThatHasEndedOrGivesNoSuchRole_NamesTheWayOut(string profile, string expected)
    {
        await ConfigureAsync(SsoLogins.Profiles(home));
        await FailsAsync(expected, "--s3-profile", profile);
    }

    [Theory]
    [InlineData("AWS_ACCESS_KEY_ID=AKIA", "AWS_ACCESS_KEY_ID is set without AWS_SECRET_ACCESS_KEY")]
    [InlineData("AWS_WEB_IDENTITY_TOKEN_FILE=/none", "AWS_WEB_IDENTITY_TOKEN_FILE is set without AWS_ROLE_ARN")]
    [InlineData("AWS_WEB_IDENTITY_TOKEN_FILE=/none AWS_ROLE_ARN=arn", "the file of AWS_WEB_IDENTITY_TOKEN_FILE (/none) cannot be read")]
    [InlineData("AWS_CONTAINER_CREDENTIALS_FULL_URI=http://example.com/", "AWS_CONTAINER_CREDENTIALS_FULL_URI is no address that credentials are taken from")]
    [InlineData("AWS_CONTAINER_CREDENTIALS_FULL_URI=http://127.0.0.1:1/", "the container's credentials were not given (AWS_CONTAINER_CREDENTIALS_FULL_URI)")]
    [InlineData("AWS_CONTAINER_CREDENTIALS_FULL_URI=/container", "AWS_CONTAINER_CREDENTIALS_FULL_URI")]
    [InlineData("AWS_PROFILE=nobody", "the AWS profile 'nobody' (AWS_PROFILE) is missing")]
    [InlineData("AWS_PROFILE=role AWS_ENDPOINT_URL_STS=http://127.0.0.1:1", "STS at http://127.0.0.1:1 (AWS_ENDPOINT_URL_STS) cannot be reached")]
    [InlineData("AWS_EC2_METADATA_DISABLED=false AWS_EC2_METADATA_SERVICE_ENDPOINT=http://127.0.0.1:1", "no AWS credentials found")]
    [InlineData("AWS_CA_BUNDLE=/none.pem", "AWS_CA_BUNDLE (/none.pem) cannot be read")]
    [InlineData("AWS_CA_BUNDLE=/etc/hostname", "AWS_CA_BUNDLE (/etc/hostname) holds no certificate")]
    public async Task Variables_WithSomethingWrong_AreNamed(string set, string expected)
    {
        await ConfigureAsync($"[profile role]\nrole_arn = {CredentialServices.Role}\nsource_profile = base\n");
        foreach (var pair in set.Split(' ')) environment[pair.Split('=', 2)[0]] = pair.Split('=', 2)[1];
        await FailsAsync(expected);
    }

    private async Task ConfigureAsync(string profiles) => await File.WriteAllTextAsync(home[".aws/config"], profiles + Base +
        $"[profile empty]\nregion = eu-west-1\n[profile stranger]\naws_access_key_id = AKIASTRANGER\naws_secret_access_key = s\n" +
        $"[profile forger]\naws_access_key_id = {CredentialServices.SourceKey}\naws_secret_access_key = forged-secret\n");

    private async Task FailsAsync(string expected, params string[] options)
    {
        var result = await EyeSlotsProgram.RunAsync(environment, ["verify", "--out", "s3://bucket/slots", .. options]);
        Assert.Equal(1, result.ExitCode);
        Assert.Equal("", result.Output);
        Assert.StartsWith("error storage-failed: Cannot list s3://bucket/slots: ", result.Errors);
        Assert.Contains(expected, result.Errors);
        Assert.Single(result.Errors.TrimEnd('\n').Split('\n'));
        foreach (var secret in (string[])[s3.SecretKey, CredentialServices.SourceSecret, "forged-secret", "secret-of-a-server", "Said by the test"])
            Assert.DoesNotContain(secret, result.Errors);
    }
}
