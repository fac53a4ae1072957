using EyeSlots.Integration.Tests;
using EyeSlots.Integration.Tests.Cli;
using EyeSlots.Spark.Engine;
using EyeSlots.Spark.Tests.Servers;

namespace EyeSlots.Spark.Tests.Engine;

/// <summary>The job on one version of Spark in local mode.</summary>
public abstract class LocalModeTests(SparkServerFixture spark, Faces faces) : IDisposable
{
    private readonly Scratch scratch = new();

    [Fact]
    public async Task Preprocess_OnSpark_MakesTheBytesOfTheLocalEngine()
    {
        var summary = await SparkJob.RunAsync(spark.Server.Remote, faces.Drawn, scratch["out"]);
        Assert.Equal("spark", summary.GetProperty("engine").GetString());
        Assert.True(summary.GetProperty("sessionSeconds").GetDouble() > 0);
        await SparkJob.AssertSameAsync(faces.Local, scratch["out"]);
    }

    [Fact]
    public async Task Doctor_OfACluster_FindsVersionAndExecutorsInOrder()
    {
        var result = await EyeSlotsProgram.RunAsync(
            SparkJob.Environment(spark.Server.Remote), "doctor", "--images", faces.Drawn.ImageRoot, "--out", scratch["out"], "--json");
        Assert.True(result.ExitCode == 0, result.Output + result.Errors);
        var checks = result.Json.GetProperty("checks").EnumerateArray().Select(check => $"{check.GetProperty("check")}: {check.GetProperty("detail")}").ToList();
        Assert.Contains(checks, check => check.StartsWith("spark: Spark " + spark.Server.Version, StringComparison.Ordinal));
        foreach (var part in (string[])["machine", "native libraries", "OpenSSL", "session's folder", "images", "storage: publish", "clock"])
            Assert.Contains(checks, check => check.StartsWith("executor ", StringComparison.Ordinal) && check.Contains($": {part}: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task OpenAsync_OnTwoCores_KnowsThem()
    {
        var options = new SparkEngineOptions { Remote = spark.Server.Remote, WorkerArchive = SparkJob.WorkerArchive };
        await using var cluster = await SparkCluster.OpenAsync(options, TestContext.Current.CancellationToken);
        Assert.Equal(2, cluster.Cores);
    }

    public void Dispose()
    {
        scratch.Dispose();
        GC.SuppressFinalize(this);
    }
}

[Collection(nameof(Spark40))]
public sealed class LocalMode40Tests(Spark40 spark, Faces faces) : LocalModeTests(spark, faces);

[Collection(nameof(Spark41))]
public sealed class LocalMode41Tests(Spark41 spark, Faces faces) : LocalModeTests(spark, faces);

[Collection(nameof(Spark43))]
public sealed class LocalMode43Tests(Spark43 spark, Faces faces) : LocalModeTests(spark, faces);
