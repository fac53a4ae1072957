namespace EyeSlots.Integration.Tests.Containers;

/// <summary>Where the secrets of <c>.env</c> are seen: in that file and in what the engine knows about its containers, and nowhere else.</summary>
[Collection(nameof(ComposeCluster))]
public sealed class ComposeSecretTests(ComposeCluster cluster)
{
    // What executors wrote, and what the pages of driver, master and worker show.
    private const string LogsAndPages =
        "cat /opt/spark/work/*/*/stdout /opt/spark/work/*/*/stderr; wget -q -O - http://connect:4040/environment/ http://connect:4040/executors/ http://master:8080/ http://127.0.0.1:8081/";

    [Fact]
    public async Task Secrets_WhileAJobRuns_StandInNoArgumentNoLogAndNoPage()
    {
        var job = cluster.Project.EyeSlotsAsync(cluster.Job("secret"));
        var seen = await CommandLines.SeenUntilAsync(job, TestContext.Current.CancellationToken); // this machine sees the processes of all containers
        await job;
        // Ours, Spark's and compose's own were all looked at.
        string[] programs = ["/opt/eyeslots/eyeslots preprocess", "deploy.worker.Worker", "CoarseGrainedExecutorBackend", "SparkConnectServer", "versitygw", "docker-compose run", "./worker"];
        foreach (var program in programs) Assert.Contains(seen, line => line.Contains(program, StringComparison.Ordinal));
        foreach (var line in seen) AssertNoSecret(line);
        AssertNoSecret(await cluster.Project.DemandAsync("logs"));
        foreach (var worker in await cluster.Project.ContainersAsync("worker")) AssertNoSecret(await cluster.Project.InsideAsync(worker, LogsAndPages));
    }

    private void AssertNoSecret(string text)
    {
        Assert.DoesNotContain(cluster.Project.S3Secret, text, StringComparison.Ordinal);
        Assert.DoesNotContain(cluster.Project.Token, text, StringComparison.Ordinal);
    }
}
