using System.Net;
using EyeSlots.Storage.S3.Network;

namespace EyeSlots.Integration.Tests.Storage;

public sealed class ProxyRulesTests
{
    private static readonly Uri Proxy = new("http://proxy:3128");

    [Theory]
    [InlineData("*", "https://bucket.s3.amazonaws.com", true)]
    [InlineData("a,*", "http://10.1.2.3", true)]
    [InlineData("10.0.0.0/8", "http://10.200.3.4:9000", true)]
    [InlineData("10.0.0.0/8", "http://11.0.0.1:9000", false)]
    [InlineData("10.0.0.0/8", "http://ten.example", false)]
    [InlineData("192.168.7.9", "http://192.168.7.9", true)]
    [InlineData("fd12::/16", "http://[fd12::9]:9000", true)]
    [InlineData("example.com", "https://example.com", true)]
    [InlineData("example.com", "https://s3.Example.com", true)]
    [InlineData("example.com", "https://badexample.com", false)]
    [InlineData(".example.com", "https://s3.example.com", true)]
    [InlineData("*.example.com", "https://a.s3.example.com", true)]
    [InlineData("example.com:9000", "http://example.com:9000", true)]
    [InlineData("example.com:9000", "http://example.com:9001", false)]
    [InlineData("other.com, example.com other.org", "http://example.com", true)]
    [InlineData("", "https://bucket.s3.amazonaws.com", false)]
    [InlineData(null, "https://bucket.s3.amazonaws.com", false)]
    public void NoProxy_InEveryForm_LeavesTheProxyOut(string? excluded, string destination, bool expected)
    {
        var rules = new ProxyRules(new WebProxy(Proxy), excluded);
        Assert.Equal(expected, rules.IsBypassed(new(destination)));
        Assert.Equal(expected ? null : Proxy, rules.GetProxy(new(destination)));
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://169.254.170.2/v2/credentials")]
    [InlineData("http://169.254.170.23/v1/credentials")]
    [InlineData("http://[fd00:ec2::23]/v1/credentials")]
    [InlineData("http://127.0.0.1:7070")]
    [InlineData("http://localhost:7070")]
    [InlineData("http://[::1]:7070")]
    public void MachinesOwnServices_NeverGoToAProxy(string destination) =>
        Assert.True(new ProxyRules(new WebProxy(Proxy), null).IsBypassed(new(destination)));

    [Fact]
    public void FromEnvironment_ReadsTheVariableInEitherCase()
    {
        foreach (var name in (string[])["NO_PROXY", "no_proxy"])
            Assert.True(ProxyRules.FromEnvironment(new WebProxy(Proxy), variable => variable == name ? "*" : null).IsBypassed(new("http://host")));
    }
}
