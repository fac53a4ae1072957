using System.Diagnostics;
using EyeSlots.Spark.Connect;
using EyeSlots.Spark.Tests.Servers;

namespace EyeSlots.Spark.Tests.Connect;

/// <summary>Each wrong address is told in one line, within seconds.</summary>
public class WrongAddressTests
{
    private static readonly SparkSessionOptions Hasty = new() { ConnectTimeout = TimeSpan.FromSeconds(1) };

    [Fact]
    public async Task ClosedPort_IsToldAtOnce()
    {
        var port = SparkServer.FreePort();
        Assert.Equal(
            $"Nothing listens at sc://127.0.0.1:{port}; start Spark Connect there, or correct host and port.",
            await FailAsync($"sc://127.0.0.1:{port}", TimeSpan.FromSeconds(2)));
    }

    [Fact]
    public async Task UnknownHost_IsToldAtOnce() => Assert.Equal(
        "The host of sc://no-such-host.invalid:15002 is not known; correct its name.",
        await FailAsync("sc://no-such-host.invalid", TimeSpan.FromSeconds(10)));

    [Fact]
    public async Task SilentHost_IsToldAfterTheTimeout()
    {
        using var silent = new FullBacklog();
        Assert.Equal(
            $"sc://127.0.0.1:{silent.Port} cannot be reached (waited 1 s); check the address, the network and the firewall.",
            await FailAsync($"sc://127.0.0.1:{silent.Port}", TimeSpan.FromSeconds(5)));
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n")]
    [InlineData("\u0015\u0003\u0001\u0000\u0002\u0002\u0046")]
    public async Task OtherProtocol_IsTold(string answer)
    {
        using var other = new OtherServer(answer);
        Assert.Equal(
            $"sc://127.0.0.1:{other.Port} does not speak HTTP/2, so it is no Spark Connect server; correct host and port (a server listens on 15002 unless told otherwise); behind a TLS proxy add ;use_ssl=true.",
            await FailAsync($"sc://127.0.0.1:{other.Port}", TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public async Task ServerThatNeverAnswers_IsTold()
    {
        using var other = new OtherServer("");
        Assert.Equal(
            $"The server at sc://127.0.0.1:{other.Port} took the connection but did not answer in time; look whether it is Spark Connect, whether it is stopped, and at its log.",
            await FailAsync($"sc://127.0.0.1:{other.Port}", TimeSpan.FromSeconds(6)));
    }

    [Fact]
    public async Task NoServerNamed_IsTold()
    {
        var error = await Assert.ThrowsAsync<SparkConnectionException>(() => SparkSession.Builder().GetOrCreateAsync());
        Assert.Equal("No server is named; call Remote(\"sc://host:port\").", error.Message);
    }

    internal static async Task<string> FailAsync(string remote, TimeSpan limit, SparkSessionOptions? options = null)
    {
        var watch = Stopwatch.StartNew();
        var error = await Assert.ThrowsAsync<SparkConnectionException>(() => SparkSession.Builder().Remote(remote).Options(options ?? Hasty).GetOrCreateAsync());
        Assert.True(watch.Elapsed < limit, $"It took {watch.Elapsed}: {error.Message}");
        return error.Message;
    }
}
