using EyeSlots.Integration.Tests;
using EyeSlots.Integration.Tests.Cli;
using EyeSlots.Integration.Tests.Jobs;
using EyeSlots.Integration.Tests.Storage;

namespace EyeSlots.Spark.Tests.Engine;

/// <summary>Executors that read and write S3, with credentials that Spark carries and shows nobody.</summary>
[Collection(nameof(ClusterFixture))]
public sealed class SparkStorageTests(ClusterFixture fixture, Faces faces, S3Server s3) : IDisposable
{
    private readonly Scratch scratch = new();

    [Fact]
    public async Task Preprocess_FromS3ToS3_MakesTheBytesOfTheLocalEngine_AndShowsNoSecret()
    {
        var (images, output) = await BucketsAsync("right");
        var environment = With(s3.EnvironmentVariables);
        environment["AWS_SESSION_TOKEN"] = "";
        var run = await EyeSlotsProgram.RunAsync(environment, Arguments(images, output, "--send-credentials"));
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        JobRuns.AssertSameBytes(await LocallyAsync(images), Path.Combine(s3.DataFolder, "slots-right"));

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
        var (images, output) = await BucketsAsync("wrong");
        var environment = With(s3.EnvironmentVariables);
        environment["AWS_SECRET_ACCESS_KEY"] = "not-the-secret";
        var run = await EyeSlotsProgram.RunAsync(environment, Arguments(images, output, "--send-credentials"));
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("storage-failed", run.Json.GetProperty("error").GetProperty("code").GetString());
        Assert.DoesNotContain("not-the-secret", run.Output + run.Errors, StringComparison.Ordinal);
    }

    /// <summary>Without credentials in the session the executors look for their own, and these have none.</summary>
    [Fact]
    public async Task Preprocess_WithExecutorsThatHaveNoCredentials_SaysSo()
    {
        var (images, output) = await BucketsAsync("none");
        var run = await EyeSlotsProgram.RunAsync(With(s3.EnvironmentVariables), Arguments(images, output));
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

    private async Task<(string Images, string Output)> BucketsAsync(string name)
    {
        await s3.CreateBucketAsync($"faces-{name}");
        await s3.CreateBucketAsync($"slots-{name}");
        Copy(faces.Drawn.ImageRoot, Path.Combine(s3.DataFolder, $"faces-{name}"));
        return ($"s3://faces-{name}", $"s3://slots-{name}");
    }

    /// <summary>The same images from the same store: their identities are part of the shards' names.</summary>
    private async Task<string> LocallyAsync(string images)
    {
        var run = await EyeSlotsProgram.RunAsync(s3.EnvironmentVariables, [.. JobRuns.Arguments(faces.Drawn with { ImageRoot = images }, scratch["local"]), "--json"]);
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        return scratch["local"];
    }

    private string[] Arguments(string images, string output, params string[] more) =>
        [.. JobRuns.Arguments(faces.Drawn with { ImageRoot = images }, output, ["--engine", "spark", .. more]), "--json"];

    private Dictionary<string, string> With(IReadOnlyDictionary<string, string> more)
    {
        var environment = SparkJob.Environment(fixture.Cluster.Server.Remote);
        foreach (var (name, value) in more) environment[name] = value;
        return environment;
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private static List<string> FilesWith(string text, params string[] folders) =>
        [.. folders.SelectMany(folder => Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }))
            .Where(file => new FileInfo(file).Length < 64 << 20 && File.ReadAllBytes(file).AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(text)) >= 0)];
}
