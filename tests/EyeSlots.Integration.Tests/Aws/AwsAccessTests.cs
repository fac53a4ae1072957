using EyeSlots.Aws.Requests;
using EyeSlots.Aws.Services;
using EyeSlots.Core;

namespace EyeSlots.Integration.Tests.Aws;

/// <summary>Where AWS is asked and by whom, from options, variables and files.</summary>
public sealed class AwsAccessTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    /// <summary>Names as the aws command line has them, each stronger than those after it.</summary>
    [Theory]
    [InlineData("http://option/", "http://option/", "AWS_ENDPOINT_URL_AUTO_SCALING=http://own/", "AWS_ENDPOINT_URL=http://all/")]
    [InlineData(null, "http://own/", "AWS_ENDPOINT_URL_AUTO_SCALING=http://own/", "AWS_ENDPOINT_URL=http://all/")]
    [InlineData(null, "http://all/", "AWS_ENDPOINT_URL_CLOUDFORMATION=http://own/", "AWS_ENDPOINT_URL=http://all/")]
    [InlineData(null, "http://services/", "AWS_PROFILE=services")]
    [InlineData(null, "http://profile/", "AWS_PROFILE=plain")]
    [InlineData(null, "https://autoscaling.eu-west-1.amazonaws.com/", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=true", "AWS_ENDPOINT_URL=http://all/")]
    [InlineData(null, "https://autoscaling.eu-west-1.amazonaws.com/")]
    public void Endpoint_OfAService_IsTheStrongestSetting(string? option, string expected, params string[] variables)
    {
        using var access = Open(new(Endpoint: option), variables);
        Assert.Equal(expected, access.Endpoint(AwsService.AutoScaling).Address.AbsoluteUri);
    }

    [Theory]
    [InlineData("us-east-2", "us-east-2", "AWS_REGION=eu-west-1")]
    [InlineData(null, "eu-west-1", "AWS_REGION=eu-west-1")]
    [InlineData(null, "ap-south-1", "AWS_REGION=", "AWS_PROFILE=plain")]
    public void Region_IsTheOptionsThenTheVariablesThenTheProfiles(string? option, string expected, params string[] variables)
    {
        using var access = Open(new(Region: option), variables);
        Assert.Equal((expected, expected), (access.Region, access.S3.Region));
    }

    [Theory]
    [InlineData("usage", "There is no region; set --region, AWS_REGION, or region in the profile.", "AWS_REGION=")]
    [InlineData("usage", "--endpoint-url) is no address", "AWS_REGION=eu-west-1", "option=localhost")]
    [InlineData("aws-credentials", "AWS cannot be asked: the AWS profile 'nobody' (AWS_PROFILE) is missing", "AWS_PROFILE=nobody")]
    public void Open_WhatCannotBeUsed_NamesTheSetting(string code, string text, params string[] variables)
    {
        var endpoint = variables.FirstOrDefault(variable => variable.StartsWith("option=", StringComparison.Ordinal))?["option=".Length..];
        var error = Assert.Throws<EyeSlotsException>(() => Open(new(Endpoint: endpoint), variables));
        Assert.Equal(code, error.Code);
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no AWS credentials found; set AWS_ACCESS_KEY_ID")]
    [InlineData("AWS_ACCESS_KEY_ID is set without AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY_ID=key")]
    [InlineData("does not know the access key of AWS_ACCESS_KEY_ID (InvalidClientTokenId)", "AWS_ACCESS_KEY_ID=key", "AWS_SECRET_ACCESS_KEY=planted")]
    [InlineData("the secret key of AWS_ACCESS_KEY_ID is wrong (SignatureDoesNotMatch)", $"AWS_ACCESS_KEY_ID={AwsDouble.AccessKey}", "AWS_SECRET_ACCESS_KEY=planted")]
    public async Task Call_CredentialsThatAreNotTaken_SayWhereTheyCameFrom(string text, params string[] variables)
    {
        await using var aws = await AwsDouble.StartAsync();
        using var access = Open(new(Endpoint: aws.Endpoint.AbsoluteUri), variables);
        var error = await Assert.ThrowsAsync<AwsException>(() => new SecurityTokenClient(access).GetCallerIdentityAsync(TestContext.Current.CancellationToken));
        Assert.Equal(ErrorCodes.AwsCredentials, error.Code);
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("planted", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_NobodyThere_SaysWhichSettingLeadsThere()
    {
        using var access = Open(new(Endpoint: "http://127.0.0.1:1"), ["AWS_ACCESS_KEY_ID=key", "AWS_SECRET_ACCESS_KEY=secret"]);
        var error = await Assert.ThrowsAsync<AwsException>(() => new SecurityTokenClient(access).GetCallerIdentityAsync(TestContext.Current.CancellationToken));
        Assert.Equal(
            ("aws-unreachable", "Cannot GetCallerIdentity (STS): http://127.0.0.1:1 cannot be reached after 6 tries (connection refused); check the endpoint (--endpoint-url), the network and proxies."),
            (error.Code, error.Message));
    }

    private AwsAccess Open(AwsOptions options, string[] variables)
    {
        File.WriteAllText(scratch["config"], """
            [profile plain]
            region = ap-south-1
            endpoint_url = http://profile/
            [profile services]
            endpoint_url = http://profile/
            services = mine
            [services mine]
            auto_scaling =
              endpoint_url = http://services/
            """);
        var all = new Dictionary<string, string>
        {
            ["AWS_CONFIG_FILE"] = scratch["config"], ["AWS_SHARED_CREDENTIALS_FILE"] = scratch["none"], ["AWS_REGION"] = "eu-west-1", ["AWS_EC2_METADATA_DISABLED"] = "true",
        };
        foreach (var pair in variables.Select(variable => variable.Split('=', 2))) all[pair[0]] = pair[1];
        return new(options, new SkippingTime(), all.GetValueOrDefault);
    }
}
