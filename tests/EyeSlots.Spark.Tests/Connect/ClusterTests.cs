using System.Security.Cryptography;
using EyeSlots.Spark.Connect;
using EyeSlots.Spark.Tests.Servers;

namespace EyeSlots.Spark.Tests.Connect;

/// <summary>A master, two executors, and a worker that travels to them as an artifact.</summary>
public class ClusterTests
{
    [Fact]
    public async Task MapInArrow_OnACluster_RunsTheUploadedWorker_AndSurvivesItsCrash()
    {
        await using var cluster = await StandaloneCluster.StartAsync("4.1.4");
        await using var session = await Sessions.OpenAsync(cluster.Server);
        var archive = ReferenceWorker.Archive(cluster.Server.Folder, session.ProtocolLevel);
        await session.AddArtifactAsync($"archives/worker-{Convert.ToHexStringLower(SHA256.HashData(archive))[..16]}.tar.gz#env", archive);
        await session.Conf.SetAsync("spark.sql.execution.pyspark.python", "env/worker");
        await session.Conf.SetAsync("spark.sql.leafNodeDefaultParallelism", "8");
        foreach (var function in (string[])["echo", "crash"])
        {
            var batch = Sessions.Numbers(8);
            var rows = await batch.Frame(session).MapInArrow(new(function), batch.Schema).RowsAsync();
            Assert.Equal(Enumerable.Range(0, 8).Select(i => (long)i), rows.Select(row => row.GetAs<long>(0)));
        }
    }
}
