using System.Formats.Tar;
using EyeSlots.Integration.Tests;
using EyeSlots.Spark.Contract;
using EyeSlots.Spark.Engine;
using EyeSlots.Spark.Tests.Servers;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyeSlots.Spark.Tests.Engine;

/// <summary>The session while the client plans.</summary>
public sealed class OpeningClusterTests
{
    private const int ForgottenAfter = 6;

    [Fact]
    public async Task Opened_WhilePlanningTakesLongerThanSparkKeepsASession_IsStillThere()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var server = await SparkServer.StartAsync("4.1.4", new()
        {
            Settings = new Dictionary<string, string>
            {
                ["spark.connect.session.manager.defaultSessionTimeout"] = $"{ForgottenAfter}s",
                ["spark.connect.session.manager.maintenanceInterval"] = "1s",
            },
        });
        using var scratch = new Scratch();
        await PackAsync(scratch, cancellation);
        var options = new SparkEngineOptions { Remote = server.Remote, WorkerArchive = scratch["worker.tar"], KeepAlive = TimeSpan.FromSeconds(1) };
        var job = new RemoteJob { Images = scratch.Folder, Output = scratch.Folder, Parameters = new() };
        await using var opening = new OpeningCluster(options, job, NullLogger.Instance, cancellation);
        var cluster = await opening.Opened;
        await Task.Delay(TimeSpan.FromSeconds(3 * ForgottenAfter), cancellation);
        Assert.NotEmpty(await cluster.Session.Conf.GetAsync("spark.app.name", cancellation));
    }

    /// <summary>A file that is no worker: this test needs the session alone.</summary>
    private static async Task PackAsync(Scratch scratch, CancellationToken cancellation)
    {
        Directory.CreateDirectory(scratch["packed"]);
        await File.WriteAllTextAsync(Path.Combine(scratch["packed"], "nothing"), "", cancellation);
        await TarFile.CreateFromDirectoryAsync(scratch["packed"], scratch["worker.tar"], includeBaseDirectory: false, cancellation);
    }
}
