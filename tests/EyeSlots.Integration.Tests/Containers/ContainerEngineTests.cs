namespace EyeSlots.Integration.Tests.Containers;

/// <summary>What the other tests with containers rely on.</summary>
public sealed class ContainerEngineTests(ContainerEngine engine)
{
    [Fact]
    public async Task Containers_OnOneNetwork_FindEachOtherByNameAndLeaveNothing()
    {
        var folder = Path.Combine(SharedFolder.Repository, "artifacts", "containers");
        string first, name;
        await using (var network = await engine.NetworkAsync())
        {
            await using var server = await engine.RunAsync(
                StockImages.S3, ["--network", network.Name, "--name", "s3", "--env", "ROOT_ACCESS_KEY=test", "--env", "ROOT_SECRET_KEY=testsecret"],
                "--port", ":7070", "--health", "/health", "posix", "/tmp");
            (first, name) = (server.Id, network.Name);
            await using var client = await engine.RunAsync(StockImages.S3, ["--network", network.Name, "--entrypoint", "sleep"], "600");
            var answer = await client.ExecAsync("wget", "-q", "-t", "20", "--retry-connrefused", "-O", "-", "http://s3:7070/health");
            Assert.True(answer.ExitCode == 0, answer.Errors + await server.LogsAsync());
            Assert.Contains(File.ReadLines("/proc/self/mounts"), line => line.Contains(folder, StringComparison.Ordinal));
        }

        Assert.DoesNotContain(first, await engine.PodmanAsync("ps", "--all", "--quiet", "--no-trunc"), StringComparison.Ordinal);
        // Its own alone: other tests have networks at the same time.
        Assert.DoesNotContain(name, await engine.PodmanAsync("network", "ls", "--format", "{{.Name}}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Container_ThatEnds_SaysHow()
    {
        await using var container = await engine.RunAsync(StockImages.Debian, [], "sh", "-c", "echo said; exit 7");
        Assert.Equal(7, await container.EndAsync(TimeSpan.FromMinutes(1)));
        Assert.Equal("said\n", await container.LogsAsync());
    }
}
