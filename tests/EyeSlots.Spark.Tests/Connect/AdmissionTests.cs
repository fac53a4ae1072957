using EyeSlots.Spark.Connect;
using EyeSlots.Spark.Tests.Servers;

namespace EyeSlots.Spark.Tests.Connect;

/// <summary>Tokens and TLS, on a server that lets nobody in without a token.</summary>
[Collection(nameof(Spark43))]
public class AdmissionTests(Spark43 spark)
{
    private string Address => $"sc://127.0.0.1:{spark.Server.Port}";

    [Fact]
    public async Task WithoutAToken_TheServerSaysThatItWantsOne() => Assert.Equal(
        $"The server at {Address} wants a token; add ;token=… to the connection string.",
        await WrongAddressTests.FailAsync(Address, TimeSpan.FromSeconds(10)));

    [Fact]
    public async Task WithAnotherToken_TheServerRefusesIt_AndItIsNotRepeated()
    {
        var error = await Assert.ThrowsAsync<SparkConnectionException>(() => SparkSession.Builder().Remote($"{Address}/;token=wr0ng").GetOrCreateAsync());
        Assert.StartsWith($"The server at {Address} refuses the token;", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wr0ng", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithTheToken_TheJobRuns_AndItIsNotRepeatedInErrors()
    {
        await using var session = await Sessions.OpenAsync(spark.Server);
        Assert.Equal(5, await Sessions.Numbers(5).Frame(session).CountAsync());
        var error = await Assert.ThrowsAsync<SparkException>(async () => await (await session.SqlAsync("SELECT nothing")).CountAsync());
        Assert.DoesNotContain(Spark43.Secret, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ThroughATlsProxy_WithItsAuthority_TheJobRuns()
    {
        using var proxy = new TlsProxy(spark.Server.Port);
        await using var session = await Sessions.OpenAsync(
            spark.Server, new() { RootCertificate = proxy.Certificate }, $"sc://localhost:{proxy.Port}/;use_ssl=true;token={Spark43.Secret}");
        Assert.Equal(5, await Sessions.Numbers(5).Frame(session).CountAsync());
    }

    [Fact]
    public async Task ThroughATlsProxy_ThatIsNotTrusted_SaysSo()
    {
        using var proxy = new TlsProxy(spark.Server.Port);
        var message = await WrongAddressTests.FailAsync($"sc://localhost:{proxy.Port}/;use_ssl=true", TimeSpan.FromSeconds(10));
        Assert.StartsWith($"The certificate of sc://localhost:{proxy.Port} is not trusted:", message, StringComparison.Ordinal);
        Assert.EndsWith("Give its authority as SparkSessionOptions.RootCertificate.", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TlsToAServerWithoutIt_SaysSo() => Assert.Equal(
        $"The server at {Address} does not speak TLS; drop use_ssl=true (a token asks for TLS on other machines: write use_ssl=false), or put a TLS proxy before it.",
        await WrongAddressTests.FailAsync($"{Address}/;use_ssl=true", TimeSpan.FromSeconds(10)));
}
