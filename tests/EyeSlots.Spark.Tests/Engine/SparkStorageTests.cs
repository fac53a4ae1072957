using EyeSlots.Integration.Tests;
using EyeSlots.Integration.Tests.Storage;

namespace EyeSlots.Spark.Tests.Engine;

/// <summary>Executors that read and write S3, with credentials that Spark carries and shows nobody.</summary>
[Collection(nameof(ClusterFixture))]
public sealed class SparkStorageTests(ClusterFixture fixture, Faces faces, S3Server s3) : IDisposable
{
    private readonly Scratch scratch = new();

    private string Remote => fixture.Cluster.Server.Remote;

    [Fact]
    public async Task Preprocess_FromS3ToS3_MakesTheBytesOfTheLocalEngine_AndShowsNoSecret()
    {
        var job = await S3Job.PrepareAsync(faces, s3, "right");
        var run = await job.RunAsync(job.Environment(Remote, ("AWS_SESSION_TOKEN", "")), "--send-credentials");
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        await job.AssertSameAsLocallyAsync(scratch["local"]);

        // Spark's event log holds the session's settings as they are, so the secret must be in none of them.
        Assert.DoesNotContain(s3.SecretKey, Processes.AllCommandLines(), StringComparison.Ordinal);
        Assert.DoesNotContain(s3.SecretKey, run.Output + run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(s3.SecretKey, fixture.Cluster.Server.Log, StringComparison.Ordinal);
        Assert.NotEmpty(FilesWith("spark.eyeslots.s3.secret", fixture.Events));
        Assert.Empty(FilesWith(s3.SecretKey, fixture.Events, fixture.Cluster.Folder, fixture.Cluster.Server.Folder));
        await AssertShownNowhereAsync(s3.SecretKey);
    }

    [Fact]
    public async Task Preprocess_WithAWrongSecret_IsRefusedClearly()
    {
        var job = await S3Job.PrepareAsync(faces, s3, "wrong");
        var run = await job.RunAsync(job.Environment(Remote, ("AWS_SECRET_ACCESS_KEY", "not-the-secret")), "--send-credentials");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("storage-failed", run.Json.GetProperty("error").GetProperty("code").GetString());
        Assert.DoesNotContain("not-the-secret", run.Output + run.Errors, StringComparison.Ordinal);
    }

    /// <summary>Without credentials in the session the executors look for their own, and these have none.</summary>
    [Fact]
    public async Task Preprocess_WithExecutorsThatHaveNoCredentials_SaysSo()
    {
        var job = await S3Job.PrepareAsync(faces, s3, "none");
        var run = await job.RunAsync(job.Environment(Remote));
        Assert.Equal(1, run.ExitCode);
        var error = run.Json.GetProperty("error");
        Assert.Equal("storage-failed", error.GetProperty("code").GetString());
        Assert.Contains("credentials", error.GetProperty("message").GetString(), StringComparison.OrdinalIgnoreCase);
    }

    public void Dispose() => scratch.Dispose();

    /// <summary>The pages know the cluster, the job and the setting's name, or their silence about the secret would prove nothing.</summary>
    private async Task AssertShownNowhereAsync(string secret)
    {
        var pages = await fixture.UserInterface.ReadAllAsync(TestContext.Current.CancellationToken);
        AssertKnows("/environment/", "spark.speculation.interval");
        AssertKnows("/api/v1/applications/", "spark.speculation.interval");
        AssertKnows("/SQL/execution/", "spark.eyeslots.s3.secret");
        AssertKnows("/stages/stage/", "MapInArrow");
        AssertKnows("/connect/session/", "make-shards");
        Assert.DoesNotContain(pages, page => page.Value.Contains(secret, StringComparison.Ordinal));

        void AssertKnows(string path, string text) =>
            Assert.Contains(pages, page => page.Key.StartsWith(path, StringComparison.Ordinal) && page.Value.Contains(text, StringComparison.Ordinal));
    }

    private static List<string> FilesWith(string text, params string[] folders) =>
        [.. folders.SelectMany(folder => Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }))
            .Where(file => new FileInfo(file).Length < 64 << 20 && File.ReadAllBytes(file).AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(text)) >= 0)];
}
