using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace EyeSlots.Integration.Tests.Storage.Servers;

/// <summary>
/// The services that lend credentials: STS, IAM Identity Center with its logins, an instance's metadata and a container's agent. Each
/// checks what it is asked as AWS does, and lends keys that the S3 server takes; so a program that reaches S3 has asked rightly.
/// </summary>
internal sealed class CredentialServices(string accessKey, string secretKey)
{
    public const string SourceKey = "AKIASOURCE0000000001", SourceSecret = "source-secret", Role = "arn:aws:iam::123456789012:role/slots", OtherRole = "arn:aws:iam::123456789012:role/other";
    public const string LentToken = "lent-token", WebToken = "web-identity-token", ExternalId = "external", ContainerToken = "Bearer container-token";
    public const string Login = "login-token", RenewedLogin = "renewed-login-token", RefreshToken = "refresh-token", InstanceRole = "instance-role";
    private const string InstanceToken = "instance-token";

    public Task AnswerAsync(HttpContext context) => (context.Request.Method, context.Request.Path.Value) switch
    {
        ("POST", "/") => StsAsync(context),
        ("GET", "/federation/credentials") => SsoAsync(context),
        ("POST", "/token") => RenewAsync(context),
        ("PUT", "/latest/api/token") => InstanceTokenAsync(context),
        ("GET", "/latest/meta-data/iam/security-credentials/") => InstanceAsync(context, InstanceRole),
        ("GET", $"/latest/meta-data/iam/security-credentials/{InstanceRole}") => InstanceAsync(context, Keys("AccessKeyId", "Token")),
        ("GET", "/latest/meta-data/iam/info") => InstanceAsync(context, """{"Code": "Success", "InstanceProfileArn": "arn:aws:iam::123456789012:instance-profile/slots", "InstanceProfileId": "AIPA"}"""),
        ("GET", "/container") => ContainerAsync(context),
        _ => context.AnswerAsync(404, "text/plain", "nothing here"),
    };

    /// <summary>Lets requests through to S3 that are signed with the lent keys and carry their session token, which the test's server does not know.</summary>
    public Task AdmitAsync(HttpContext context, Forwarder s3)
    {
        var request = context.Request;
        if (request.Headers["x-amz-security-token"] != LentToken) return context.RefuseAsync(403, "InvalidToken");
        if (SigV4.KeyOf(request) != accessKey || !SigV4.IsSignedWith(request, secretKey, [])) return context.RefuseAsync(403, "SignatureDoesNotMatch");
        request.Headers.Authorization = SigV4.WithoutToken(request, secretKey);
        request.Headers.Remove("x-amz-security-token");
        return s3.ForwardAsync(context);
    }

    private async Task StsAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var form = Form(System.Text.Encoding.UTF8.GetString(body.ToArray()));
        var action = form.GetValueOrDefault("Action");
        await (action switch
        {
            "AssumeRoleWithWebIdentity" when form["WebIdentityToken"] != WebToken => RefuseStsAsync(context, 400, "InvalidIdentityToken"),
            "AssumeRoleWithWebIdentity" when form["RoleArn"] == Role && form["RoleSessionName"].Length > 1 => LendAsync(context, action),
            "AssumeRole" when SecretOf(context.Request) is null => RefuseStsAsync(context, 403, "InvalidClientTokenId"),
            "AssumeRole" when !SigV4.IsSignedWith(context.Request, SecretOf(context.Request)!, body.ToArray()) => RefuseStsAsync(context, 403, "SignatureDoesNotMatch"),
            "AssumeRole" when form["RoleArn"] == Role && form.GetValueOrDefault("ExternalId") is null or ExternalId => LendAsync(context, action),
            _ => RefuseStsAsync(context, 403, "AccessDenied"),
        });
    }

    /// <summary>The keys of the source, or those that were lent before: then the role is one of a chain, and comes with its token.</summary>
    private string? SecretOf(HttpRequest request) => SigV4.KeyOf(request) switch
    {
        SourceKey => SourceSecret,
        var key when key == accessKey && request.Headers["x-amz-security-token"] == LentToken => secretKey,
        _ => null,
    };

    private Task LendAsync(HttpContext context, string action) => context.XmlAsync(200, $"""
        <{action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><{action}Result>
          <AssumedRoleUser><AssumedRoleId>AROA:session</AssumedRoleId><Arn>arn:aws:sts::123456789012:assumed-role/slots/session</Arn></AssumedRoleUser>
          <Credentials><AccessKeyId>{accessKey}</AccessKeyId><SecretAccessKey>{secretKey}</SecretAccessKey><SessionToken>{LentToken}</SessionToken><Expiration>{End}</Expiration></Credentials>
        </{action}Result><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></{action}Response>
        """);

    private static Task RefuseStsAsync(HttpContext context, int status, string code) => context.XmlAsync(
        status, $"<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type><Code>{code}</Code><Message>Said by the test.</Message></Error></ErrorResponse>");

    private Task SsoAsync(HttpContext context)
    {
        var (query, token) = (context.Request.Query, context.Request.Headers["x-amz-sso_bearer_token"].ToString());
        if (token is not (Login or RenewedLogin)) return context.JsonAsync(401, """{"message":"Session token not found or invalid","__type":"UnauthorizedException"}""");
        if (query["account_id"] != "123456789012" || query["role_name"] != "Slots") return context.JsonAsync(403, """{"message":"No access","__type":"ForbiddenException"}""");
        var end = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeMilliseconds();
        return context.JsonAsync(200, $$"""{"roleCredentials": {"accessKeyId": "{{accessKey}}", "secretAccessKey": "{{secretKey}}", "sessionToken": "{{LentToken}}", "expiration": {{end}} } }""");
    }

    private static async Task RenewAsync(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        var asked = body.RootElement;
        if (asked.GetProperty("grantType").GetString() == "refresh_token" && asked.GetProperty("refreshToken").GetString() == RefreshToken && asked.GetProperty("clientId").GetString() == "client")
            await context.JsonAsync(200, $$"""{"accessToken":"{{RenewedLogin}}","expiresIn":3600,"refreshToken":"{{RefreshToken}}","tokenType":"Bearer"}""");
        else await context.JsonAsync(400, """{"error":"invalid_grant","error_description":"no"}""");
    }

    private static Task InstanceTokenAsync(HttpContext context) => context.Request.Headers["x-aws-ec2-metadata-token-ttl-seconds"].Count == 1
        ? context.AnswerAsync(200, "text/plain", InstanceToken)
        : context.AnswerAsync(400, "text/plain", "");

    private static Task InstanceAsync(HttpContext context, string answer) => context.Request.Headers["x-aws-ec2-metadata-token"] == InstanceToken
        ? context.AnswerAsync(200, "text/plain", answer)
        : context.AnswerAsync(401, "text/plain", "");

    private Task ContainerAsync(HttpContext context) => context.Request.Headers.Authorization == ContainerToken
        ? context.JsonAsync(200, Keys("AccessKeyId", "Token"))
        : context.JsonAsync(401, """{"code":"Unauthorized","message":"no"}""");

    private string Keys(string id, string token) =>
        $$"""{"Code":"Success","Type":"AWS-HMAC","{{id}}":"{{accessKey}}","SecretAccessKey":"{{secretKey}}","{{token}}":"{{LentToken}}","Expiration":"{{End}}"}""";

    private static string End => DateTime.UtcNow.AddHours(1).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static Dictionary<string, string> Form(string body) => body.Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2)).ToDictionary(pair => Uri.UnescapeDataString(pair[0]), pair => Uri.UnescapeDataString(pair[1].Replace('+', ' ')));
}
