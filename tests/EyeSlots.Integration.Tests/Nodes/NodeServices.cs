using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using EyeSlots.Integration.Tests.Storage.Servers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EyeSlots.Integration.Tests.Nodes;

/// <summary>A call to AWS that a machine made.</summary>
internal sealed record NodeCall(string Action, IReadOnlyDictionary<string, string> Form)
{
    public string this[string name] => Form.GetValueOrDefault(name, "");
}

/// <summary>
/// The services that only AWS has: an instance's metadata (IMDSv2, with its token demanded), and doubles of SignalResource, of secrets and of
/// groups, which check signatures. Whoever asks is told apart by its address, as on EC2.
/// </summary>
internal sealed class NodeServices : IAsyncDisposable
{
    public const string AccessKey = "ASIANODE000000000001", SecretKey = "planted/secret+of/the+role", SessionToken = "planted+session/token==", RpcSecret = "plantedRpcSecret0123456789abcdef", Region = "eu-central-1";
    private const string MetadataToken = "metadata-token", Role = "machine";
    private static readonly string[] Planted = [SecretKey, SessionToken, RpcSecret];
    private readonly WebApplication application;
    private readonly ConcurrentDictionary<string, string> instances = new();
    private readonly ConcurrentDictionary<string, bool> takenBack = new();
    private readonly ConcurrentDictionary<string, string?> secrets = new();
    private readonly ConcurrentQueue<NodeCall> calls = new();

    private NodeServices(WebApplication application) => this.application = application;

    /// <summary>Secrets that must be nowhere but where they belong.</summary>
    public static IReadOnlyList<string> Secrets => Planted;

    /// <summary>Where it answers, on any address of this host.</summary>
    public int Port { get; private set; }

    /// <summary>Calls to AWS, in order.</summary>
    public IReadOnlyList<NodeCall> Calls => [.. calls];

    /// <summary>
    /// Whether the role's keys come with a session token, as on EC2, and S3 is answered here as well, from an empty bucket: the S3 server takes
    /// no session's keys.
    /// </summary>
    public bool TakesS3 { get; set; }

    /// <summary>When the instances were launched, as they are told.</summary>
    public DateTimeOffset Launched { get; set; } = TimeProvider.System.GetUtcNow();

    /// <summary>What was put into that bucket, by its path.</summary>
    public ConcurrentDictionary<string, string> Objects { get; } = new();

    /// <summary>Called before a signal is answered, with its status: what a client would see at that moment.</summary>
    public Action<NodeCall>? Signalled { get; set; }

    public static async Task<NodeServices> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Any, 0));
        var services = new NodeServices(builder.Build());
        services.application.Run(services.AnswerAsync);
        await services.application.StartAsync();
        services.Port = new Uri(services.application.Urls.Single()).Port;
        return services;
    }

    /// <summary>Makes a container of this address an instance.</summary>
    public void Add(string address, string instance) => instances[address] = instance;

    /// <summary>Answers an instance that asks for the secret with another one, or with none where it is null.</summary>
    public void GiveSecret(string instance, string? secret) => secrets[instance] = secret;

    /// <summary>Gives an instance the notice that it is taken back.</summary>
    public void TakeBack(string instance) => takenBack[instance] = true;

    public ValueTask DisposeAsync() => application.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments("/latest", out var path)) return MetadataAsync(context, path.Value!);
        if (context.Request.Path != "/off") return AwsAsync(context);
        calls.Enqueue(new("PowerOff", new Dictionary<string, string> { ["Instance"] = InstanceOf(context) ?? "" }));
        return Task.CompletedTask;
    }

    private string? InstanceOf(HttpContext context) => instances.GetValueOrDefault(AddressOf(context));

    private static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress!.MapToIPv4().ToString();

    private Task MetadataAsync(HttpContext context, string path)
    {
        if (InstanceOf(context) is not { } instance) return context.AnswerAsync(503, "text/plain", "no instance yet");
        if (path == "/api/token") return context.AnswerAsync(context.Request.Headers["X-aws-ec2-metadata-token-ttl-seconds"].Count == 1 ? 200 : 400, "text/plain", MetadataToken);
        if (context.Request.Headers["X-aws-ec2-metadata-token"] != MetadataToken) return context.AnswerAsync(401, "text/plain", "");
        var text = path switch
        {
            "/meta-data/instance-id" => instance,
            "/meta-data/local-ipv4" => AddressOf(context),
            "/dynamic/instance-identity/document" => $$"""{ "instanceId" : "{{instance}}", "pendingTime" : "{{Launched.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}}", "version" : "2017-09-30" }""",
            "/meta-data/services/domain" => "amazonaws.com",
            "/meta-data/iam/security-credentials/" => Role,
            "/meta-data/iam/security-credentials/" + Role => Keys,
            "/meta-data/iam/info" => """{"Code": "Success", "InstanceProfileArn": "arn:aws:iam::123456789012:instance-profile/machine", "InstanceProfileId": "AIPA"}""",
            "/meta-data/spot/instance-action" when takenBack.ContainsKey(instance) => """{"action": "terminate", "time": "2030-01-01T00:02:00Z"}""",
            _ => null,
        };
        return context.AnswerAsync(text is null ? 404 : 200, "text/plain", text ?? "");
    }

    private async Task AwsAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        if (!IsSigned(context.Request, body.ToArray())) await context.XmlAsync(403, "<ErrorResponse><Error><Type>Sender</Type><Code>SignatureDoesNotMatch</Code><Message>Said by the test.</Message></Error></ErrorResponse>");
        else if (context.Request.Path != "/") await S3Async(context, body.ToArray());
        else await CallAsync(context, body);
    }

    // The hash of the body that was signed must be that of the body that came.
    private bool IsSigned(HttpRequest request, byte[] body) =>
        SigV4.KeyOf(request) == AccessKey && request.Headers["x-amz-security-token"].ToString() == Token && SigV4.IsSignedWith(request, SecretKey, body) &&
        (request.Headers["x-amz-content-sha256"] is not [var sent] || sent == Convert.ToHexStringLower(SHA256.HashData(body)));

    private Task S3Async(HttpContext context, byte[] body)
    {
        if (context.Request.Method != "PUT") return context.RefuseAsync(404, "NoSuchKey");
        return Objects.TryAdd(context.Request.Path.Value!, Encoding.UTF8.GetString(body)) && context.Request.Headers.IfNoneMatch == "*" ? Task.CompletedTask : context.RefuseAsync(412, "PreconditionFailed");
    }

    private async Task CallAsync(HttpContext context, MemoryStream body)
    {
        var call = CallOf(context.Request, Encoding.UTF8.GetString(body.ToArray()));
        if (call.Action == "SignalResource") Signalled?.Invoke(call);
        calls.Enqueue(call);
        await (call.Action switch
        {
            "GetSecretValue" => SecretAsync(context),
            "DescribeScalingActivities" => context.XmlAsync(200, Activities),
            _ => context.XmlAsync(200, $"<{call.Action}Response xmlns=\"http://amazonaws.com/doc/\"><{call.Action}Result/><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></{call.Action}Response>"),
        });
    }

    private Task SecretAsync(HttpContext context) => (InstanceOf(context) is { } instance && secrets.TryGetValue(instance, out var own) ? own : RpcSecret) is { } secret
        ? context.JsonAsync(200, $$"""{"ARN": "arn:aws:secretsmanager:eu-central-1:123456789012:secret:eyeslots/x", "Name": "eyeslots/x", "SecretString": "{{secret}}"}""")
        : context.JsonAsync(400, """{"__type": "AccessDeniedException", "Message": "User: arn:aws:sts::123456789012:assumed-role/machine/i is not authorized to perform: secretsmanager:GetSecretValue"}""");

    private static NodeCall CallOf(HttpRequest request, string body)
    {
        if (request.Headers["X-Amz-Target"].ToString() is { Length: > 0 } target) return new(target[(target.IndexOf('.') + 1)..], new Dictionary<string, string>());
        var form = body.Split('&').Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1].Replace('+', ' ')));
        return new(form["Action"], form);
    }

    private string Token => TakesS3 ? SessionToken : "";

    private string Keys => $$"""
        {
          "Code" : "Success", "LastUpdated" : "2026-01-01T00:00:00Z", "Type" : "AWS-HMAC",
          "AccessKeyId" : "{{AccessKey}}",
          "SecretAccessKey" : "{{SecretKey}}",
          "Token" : "{{Token}}",
          "Expiration" : "{{DateTime.UtcNow.AddHours(6):yyyy-MM-dd'T'HH:mm:ss'Z'}}"
        }
        """;

    private const string Activities = """
        <DescribeScalingActivitiesResponse xmlns="http://autoscaling.amazonaws.com/doc/2011-01-01/"><DescribeScalingActivitiesResult><Activities><member>
          <ActivityId>1</ActivityId><AutoScalingGroupName>eyeslots-run-faces</AutoScalingGroupName><Cause>c</Cause><StartTime>2026-01-01T00:00:00Z</StartTime>
          <StatusCode>Failed</StatusCode><StatusMessage>There is no Spot capacity available.</StatusMessage><Description>Launching a new EC2 instance.</Description><Progress>100</Progress>
        </member></Activities></DescribeScalingActivitiesResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></DescribeScalingActivitiesResponse>
        """;
}
