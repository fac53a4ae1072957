using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Amazon.Runtime;
using EyeSlots.Aws.CloudFormation;
using EyeSlots.Aws.CloudFormation.Model;
using EyeSlots.Aws.Requests;
using EyeSlots.Aws.Services;

namespace EyeSlots.Integration.Tests.Aws;

/// <summary>Signatures, forms and hosts equal those of botocore, the aws command line's own library.</summary>
public sealed class SignatureTests
{
    private const string Key = "AKIDEXAMPLE", Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private static readonly AwsService[] Services =
        [AwsService.CloudFormation, AwsService.AutoScaling, AwsService.SecurityToken, AwsService.Ec2, AwsService.StepFunctions, AwsService.SecretsManager, AwsService.ServiceQuotas, AwsService.SystemsManager];

    private static readonly string[] Urls =
        ["https://cloudformation.us-east-1.amazonaws.com/", "https://states.cn-north-1.amazonaws.com.cn", "http://127.0.0.1:4566/", "http://[::1]:4566/", "https://proxy.example/aws path/a+b/é/", "http://LocalHost:80"];

    private static readonly string[] Bodies =
        ["", "Action=DescribeStacks&Version=2010-05-15&StackName=", "Action=CreateStack&Tags.member.1.Value=a%20b%2Bc%C3%A9%F0%9F%91%81", """{"SecretId":"a b+é👁","Empty":""}""", "line\nline\r\n\t"];

    /// <summary>Whole seconds are signed: what is above them is cut off and not rounded.</summary>
    private static readonly string[] Times = ["2026-07-20T12:59:59.9999999+00:00", "2026-12-31T23:59:59.5000000+00:00", "2026-01-01T00:00:00.0000000+00:00", "2026-03-29T02:30:00.0010000+02:00"];

    [Fact]
    public async Task Sign_EachProtocolAddressBodyTimeAndToken_EqualsBotocores()
    {
        List<BotocoreRequest> asked = [];
        List<string> made = [];
        foreach (var (url, body, time, token, isJson) in
            from url in Urls from body in Bodies from time in Times from token in new[] { null, "FwoGZXIvYXdzE//token+with/all=chars==" } from isJson in new[] { false, true } select (url, body, time, token, isJson))
        {
            var service = isJson ? AwsService.StepFunctions : AwsService.CloudFormation;
            var request = Request(url, body, isJson);
            Signature.Sign(request, Encoding.UTF8.GetBytes(body), token is null ? new(Key, Secret, null) : new ImmutableCredentials(Key, Secret, token), "eu-west-1", service.Name, DateTimeOffset.Parse(time));
            made.Add(Signed(request.Headers));
            asked.Add(new(request.RequestUri!.AbsoluteUri, Unsigned(request), Convert.ToBase64String(Encoding.UTF8.GetBytes(body)), DateTimeOffset.Parse(time).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffff"), Key, Secret, token, service.Name, "eu-west-1"));
        }

        var expected = (await Botocore.AskAsync("sign", asked)).Select(Signed);
        Assert.Equal(expected, made);
        Assert.Equal(Urls.Length * Bodies.Length * Times.Length * 2 * 2, made.Distinct().Count());
    }

    /// <summary>What is sent, and not only what was signed: the double checks it by code of its own.</summary>
    [Fact]
    public async Task Call_EachProtocol_IsTakenByAServerThatChecksIt()
    {
        await using var aws = await AwsDouble.StartAsync();
        aws.Always("GetSecretValue", _ => AwsAnswers.Json(new { SecretString = "täg +/=" }));
        aws.Always("StartExecution", call => AwsAnswers.Json(new { executionArn = call["input"] }));
        using var access = aws.Open(TimeProvider.System);
        var cancellation = TestContext.Current.CancellationToken;
        Assert.Equal(AwsDouble.Account, (await new SecurityTokenClient(access).GetCallerIdentityAsync(cancellation)).Account);
        Assert.Equal("täg +/=", await new SecretsManagerClient(access).GetSecretValueAsync("arn:aws:secretsmanager:a b+é👁", cancellation));
        Assert.Equal("""{"é": "a+b "}""", (await new StepFunctionsClient(access).StartExecutionAsync(new("arn", "name", """{"é": "a+b "}"""), cancellation)).ExecutionArn);
        Assert.Equal("arn:aws:secretsmanager:a b+é👁", aws.Calls.Single(call => call.Action == "GetSecretValue")["SecretId"]);
    }

    [Fact]
    public async Task Form_OfAStack_HasTheFieldsOfBotocores()
    {
        await using var aws = await AwsDouble.StartAsync();
        using var access = aws.Open(TimeProvider.System);
        var request = new CreateStackRequest
        {
            StackName = "a", TemplateBody = "a: b+c\n# é👁", Parameters = [new("Empty", ""), new("Space", " a  b ")], Capabilities = ["CAPABILITY_NAMED_IAM"],
            Tags = [new("k", "a+b=c&d")], RoleARN = "arn:aws:iam::1:role/r", OnFailure = "DELETE", TimeoutInMinutes = 20, EnableTerminationProtection = false, ClientRequestToken = "t",
        };
        await new CloudFormationClient(access).CreateStackAsync(request, TestContext.Current.CancellationToken);
        var parameters = new
        {
            request.StackName, request.TemplateBody, Parameters = request.Parameters.Select(item => new { item.ParameterKey, item.ParameterValue }), request.Capabilities,
            request.Tags, request.RoleARN, request.OnFailure, request.TimeoutInMinutes, request.EnableTerminationProtection, request.ClientRequestToken,
        };
        var expected = (await Botocore.AskAsync("form", [new { Service = "cloudformation", Action = "CreateStack", Parameters = parameters }])).Single();
        Assert.Equal(
            expected.EnumerateObject().ToDictionary(field => field.Name, field => field.Value.GetString()!).OrderBy(field => field.Key, StringComparer.Ordinal),
            aws.Calls.Single().Parameters.OrderBy(field => field.Key, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Host_OfEachServiceInEachPartition_IsBotocores()
    {
        string[] names = ["cloudformation", "autoscaling", "sts", "ec2", "stepfunctions", "secretsmanager", "service-quotas", "ssm"];
        var hosts = await Botocore.AskAsync("hosts", names);
        Assert.Equal(Services.Length, hosts.Length);
        for (var i = 0; i < hosts.Length; i++)
        {
            var expected = hosts[i].EnumerateObject().Select(region => (region.Name, region.Value.GetString() + "/")).ToList();
            Assert.InRange(expected.Count, 40, 400);
            Assert.Equal(expected, expected.Select(region => (region.Name, Services[i].In(region.Name).AbsoluteUri)));
        }
    }

    private static HttpRequestMessage Request(string url, string body, bool isJson)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(url)) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(isJson ? "application/x-amz-json-1.0" : "application/x-www-form-urlencoded; charset=utf-8");
        if (isJson) request.Headers.Add("X-Amz-Target", "AWSStepFunctions.StartExecution");
        return request;
    }

    private static Dictionary<string, string> Unsigned(HttpRequestMessage request) => request.Headers.Where(header => header.Key == "X-Amz-Target").Concat(request.Content!.Headers.Where(header => header.Key == "Content-Type"))
        .ToDictionary(header => header.Key, header => header.Value.Single());

    private static string Signed(HttpRequestHeaders headers) => $"{headers.GetValues("X-Amz-Date").Single()} {headers.NonValidated["Authorization"]}";

    private static string Signed(JsonElement headers) => $"{headers.GetProperty("X-Amz-Date").GetString()} {headers.GetProperty("Authorization").GetString()}";

    private sealed record BotocoreRequest(
        string Url, Dictionary<string, string> Headers, string Body, string Time, string AccessKey, string Secret, string? Token, string Service, string Region);
}
