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
        await File.WriteAllBytesAsync(scratch["worker.tar.gz"], [0], cancellation); // no task of this test gets as far as to start it
        var options = new SparkEngineOptions { Remote = server.Remote, WorkerArchive = scratch["worker.tar.gz"], KeepAlive = TimeSpan.FromSeconds(1) };
        var job = new RemoteJob { Images = scratch.Folder, Output = scratch.Folder, Parameters = new() };
        await using var opening = new OpeningCluster(options, job, NullLogger.Instance, cancellation);
        var cluster = await opening.Opened;
        await Task.Delay(TimeSpan.FromSeconds(3 * ForgottenAfter), cancellation);
        Assert.NotEmpty(await cluster.Session.Conf.GetAsync("spark.app.name", cancellation));
    }
}
