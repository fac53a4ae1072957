using System.Diagnostics;
using System.Globalization;
using EyeSlots.Integration.Tests.Cli;
using EyeSlots.Integration.Tests.Jobs;

namespace EyeSlots.Integration.Tests.Containers;

/// <summary>The compose file unchanged and the README's commands as written, under docker-compose, from up to down.</summary>
[Collection(nameof(ComposeCluster))]
public sealed class ComposeTests(ComposeCluster cluster, ContainerEngine engine)
{
    private static readonly string[] Services = ["s3", "master", "worker", "connect"];

    [Fact]
    public async Task Job_OnTwoWorkers_HasTheBytesOfTheLocalEngine()
    {
        Assert.Equal(["healthy", "healthy", "healthy", "healthy", "healthy"], await HealthAsync());
        await cluster.Project.EyeSlotsAsync(cluster.Job("calm"));
        JobRuns.AssertSameBytes(cluster.Expected, await cluster.OutputAsync("calm"));
    }

    [Fact]
    public async Task Job_OfTheReadme_CutsPhotographsOfAFolderIntoTheBucket()
    {
        await cluster.Project.ReadmeAsync("docker compose run --rm eyeslots preprocess");
        Assert.Contains("clean generation 1", await cluster.Project.EyeSlotsAsync("verify", "--out", "s3://slots/drawn"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Worker_KilledDuringAJob_ChangesNoByteAndComesBackByItself()
    {
        var worker = (await cluster.Project.ContainersAsync("worker"))[0];
        using var init = Process.GetProcessById(int.Parse(await cluster.Project.InspectAsync(worker, "{{.State.Pid}}"), CultureInfo.InvariantCulture));
        var output = await cluster.OutputAsync("killed");
        var job = cluster.Project.EyeSlotsAsync(cluster.Job("killed"));
        while (!job.IsCompleted && !Holds(output, "*.slices")) await Task.Delay(5, TestContext.Current.CancellationToken);
        Assert.False(job.IsCompleted);
        init.Kill();

        await job;
        JobRuns.AssertSameBytes(cluster.Expected, output);
        Assert.NotEqual(init.Id.ToString(CultureInfo.InvariantCulture), await cluster.Project.InspectAsync(worker, "{{.State.Pid}}"));
        await WaitUntilHealthyAsync(worker);
    }

    [Fact]
    public async Task WrongToken_IsOneLineAndExitCode1() => Assert.Equal(
        "error spark-unreachable: The server at sc://connect:15002 refuses the token; write the one it was started with (spark.connect.authenticate.token) into ;token=…",
        await FailureAsync("SPARK_TOKEN", "wr0ng"));

    [Fact]
    public async Task WrongSecretOfS3_IsOneLineAndExitCode1() =>
        Assert.Contains("the secret key is wrong (SignatureDoesNotMatch)", await FailureAsync("S3_SECRET_KEY", "wr0ng"), StringComparison.Ordinal);

    [Fact]
    public async Task WithoutSettings_RunSaysWhatIsMissingAndStartsNothing()
    {
        await using var project = await ComposeProject.CreateAsync(engine);
        project.ForgetSettings();
        var result = await project.TryAsync(new Dictionary<string, string>(), "run", "--rm", "-T", "eyeslots", "synth", "--out", "drawn");
        Assert.Equal(1, result.ExitCode);
        Assert.EndsWith("write S3_ACCESS_KEY into .env first, as README.md says\n", result.Errors, StringComparison.Ordinal);
        Assert.Single(result.Errors.TrimEnd('\n').Split('\n'));
        Assert.Empty(await project.RemainsAsync());
    }

    [Fact]
    public async Task Down_WithVolumes_LeavesNothing()
    {
        await using var project = await ComposeProject.CreateAsync(engine);
        await project.DemandAsync("up", "-d", "--scale", "worker=2", "s3", "worker");
        Assert.NotEmpty(await project.RemainsAsync());
        await project.DemandAsync("down", "-v");
        Assert.Empty(await project.RemainsAsync());
    }

    private async Task<string[]> HealthAsync()
    {
        List<string> health = [];
        foreach (var service in Services)
        {
            foreach (var container in await cluster.Project.ContainersAsync(service))
                health.Add(await cluster.Project.InspectAsync(container, "{{.State.Health.Status}}"));
        }

        return [.. health];
    }

    private async Task WaitUntilHealthyAsync(string container)
    {
        var patience = Stopwatch.StartNew();
        while (await cluster.Project.InspectAsync(container, "{{.State.Health.Status}}") != "healthy" && patience.Elapsed < TimeSpan.FromMinutes(1))
            await Task.Delay(500, TestContext.Current.CancellationToken);
        Assert.Equal("healthy", await cluster.Project.InspectAsync(container, "{{.State.Health.Status}}"));
    }

    /// <summary>The one line with which the job ends where a setting is another one.</summary>
    private async Task<string> FailureAsync(string setting, string value)
    {
        var result = await cluster.Project.TryAsync(new Dictionary<string, string> { [setting] = value }, ["run", "--rm", "-T", "eyeslots", .. cluster.Job("wrong").SkipLast(1)]);
        Assert.True(result.ExitCode == 1, $"{result.ExitCode}: {result.Output}{result.Errors}");
        Assert.DoesNotContain(value, result.Output + result.Errors, StringComparison.Ordinal);
        return Assert.Single(result.Errors.Split('\n'), line => line.StartsWith("error ", StringComparison.Ordinal));
    }

    private static bool Holds(string folder, string pattern) => Directory.Exists(folder) && Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories).Any();
}
