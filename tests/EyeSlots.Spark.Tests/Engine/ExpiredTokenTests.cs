using EyeSlots.Integration.Tests;
using EyeSlots.Integration.Tests.Storage;

namespace EyeSlots.Spark.Tests.Engine;

/// <summary>Short-lived credentials that end while executors use them. The server gives out none, so the proxy says what AWS says then.</summary>
[Collection(nameof(ClusterFixture))]
public sealed class ExpiredTokenTests(ClusterFixture fixture, Faces faces, S3Server s3) : IDisposable
{
    private readonly Scratch scratch = new();

    [Fact]
    public async Task Preprocess_WhoseTokenExpires_EndsClearly_AndTheNextRunGoesOn()
    {
        var job = await S3Job.PrepareAsync(faces, s3, "expired");

        // With the first shard, while others are being made.
        await using (var proxy = new FaultyProxy(s3.Endpoint, _ => job.HasShard ? Fault.Expired : Fault.None))
        {
            var run = await job.RunAsync(Environment(job, proxy.Endpoint), "--send-credentials");
            Assert.True(run.ExitCode == 1, run.Output + run.Errors);
            var error = run.Json.GetProperty("error");
            Assert.Equal("storage-failed", error.GetProperty("code").GetString());
            Assert.EndsWith("the session token is no longer good (ExpiredToken); log in again, or renew AWS_SESSION_TOKEN.", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        }

        var next = await job.RunAsync(Environment(job, s3.Endpoint), "--send-credentials");
        Assert.True(next.ExitCode == 0, next.Output + next.Errors);
        Assert.True(next.Json.GetProperty("shardsKept").GetInt32() > 0, next.Output);
        await job.AssertSameAsLocallyAsync(scratch["local"]);
    }

    public void Dispose() => scratch.Dispose();

    private Dictionary<string, string> Environment(S3Job job, Uri endpoint) =>
        job.Environment(fixture.Cluster.Server.Remote, ("AWS_ENDPOINT_URL_S3", endpoint.AbsoluteUri));
}
