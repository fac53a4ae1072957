using EyeSlots.Aws.Artifacts;
using EyeSlots.Integration.Tests.Containers;

namespace EyeSlots.Integration.Tests.Nodes;

/// <summary>Machines that fail: the reason and the logs lie in the mailbox when the stack hears of it, and without a network on the console.</summary>
public sealed class NodeFailureTests(ContainerEngine engine, NodeArtifacts artifacts)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Program_WithAnotherHash_IsNotStarted()
    {
        await using var machines = await StartAsync();
        var program = (await artifacts.All)[0].Artifact;
        await File.AppendAllTextAsync(machines.PathOf(program), "changed");
        await AssertFailsAsync(machines, $"the program that was fetched has another SHA-256 than {program.Sha256}");
    }

    /// <summary>With a session's keys, which every signature must bear.</summary>
    [Fact]
    public async Task Program_ThatIsMissing_IsNamed()
    {
        await using var machines = await StartAsync();
        machines.Services.TakesS3 = true;
        var machine = await machines.BootAsync(0, "master");
        Assert.Equal(1, await machine.EndAsync(Patience));
        var reason = $"the program {(await artifacts.All)[0].Artifact.Key} cannot be fetched: curl: (22) The requested URL returned error: 404";
        Assert.Equal(new($"/artifacts/clusters/faces/failed/{Machines.IdOf(0)}", reason), Assert.Single(machines.Services.Objects));
        Assert.Equal("FAILURE", Assert.Single(machines.Services.Calls)["Status"]);
        Assert.Contains(reason, await machine.LogsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Spark_WithAnotherHash_IsNotUnpacked()
    {
        await using var machines = await StartWithSparkAsync();
        var spark = Spark(machines, "text");
        await File.AppendAllTextAsync(machines.PathOf(spark), "changed");
        await AssertFailsAsync(machines, $"s3://artifacts/{spark.Key} has another SHA-256");
        Assert.Contains("Fetching Spark and Java", machines.Logs(0, "node.log"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Spark_ThatIsMissing_IsNamed()
    {
        await using var machines = await StartWithSparkAsync();
        var spark = Spark(machines, "text");
        File.Delete(machines.PathOf(spark));
        await AssertFailsAsync(machines, $"s3://artifacts/{spark.Key} is not there; run 'eyeslots cluster prepare'.");
    }

    [Fact]
    public async Task Disk_FullWhileUnpacking_IsSaid()
    {
        await using var machines = await StartWithSparkAsync();
        Spark(machines, "zeros");
        await AssertFailsAsync(machines, "the disk is full: spark.tgz does not fit unpacked into /var/lib/eyeslots/spark", "--tmpfs", "/var/lib/eyeslots:size=600m,exec,mode=755");
    }

    [Fact]
    public async Task Workers_ThatDoNotCome_AreExplainedByTheirGroup()
    {
        await using var machines = await StartAsync();
        (machines.Settings["MIN_WORKERS"], machines.Settings["INITIAL_WORKERS"], machines.Settings["MAX_WORKERS"], machines.Settings["PATIENCE_SECONDS"]) = ("1", "1", "1", "3");
        await AssertFailsAsync(machines, "0 of 1 workers came within 0.1 minutes; the group's last activity: Failed: There is no Spot capacity available.");
    }

    [Fact]
    public async Task Network_ThatIsNotThere_IsSaidOnTheConsole()
    {
        await using var machines = await StartAsync();
        var machine = await machines.BootAsync(0, "master", "--network", "none");
        Assert.Equal(1, await machine.EndAsync(Patience));
        Assert.Contains("eyeslots: this machine failed: the instance's metadata (IMDSv2) does not answer", await machine.LogsAsync(), StringComparison.Ordinal);
    }

    private static async Task AssertFailsAsync(Machines machines, string reason, params string[] options)
    {
        IReadOnlyList<string> seen = [];
        machines.Services.Signalled = _ => seen = [.. machines.Failures(0)];
        var machine = await machines.BootAsync(0, "master", options);
        Assert.Equal(1, await machine.EndAsync(Patience));
        NodeCall[] signals = [.. machines.Services.Calls.Where(call => call.Action == "SignalResource")];
        Assert.True(signals is [_], await machine.LogsAsync());
        var signal = signals[0];
        Assert.Equal(("FAILURE", "Master", "eyeslots-run-faces", Machines.IdOf(0)), (signal["Status"], signal["LogicalResourceId"], signal["StackName"], signal["UniqueId"]));
        Assert.True(seen is [var one] && one.Contains(reason, StringComparison.Ordinal), $"{string.Join(" | ", seen)} {await machine.LogsAsync()}");
        Assert.Contains(reason, await machine.LogsAsync(), StringComparison.Ordinal);
        MachineSecrets.AssertNowhereIn(machines.Buckets, Path.Combine("artifacts", "clusters"));
    }

    private async Task<Machines> StartAsync() => await Machines.StartAsync(engine, await artifacts.All);

    // Enough of a cluster for its master to fetch Spark.
    private async Task<Machines> StartWithSparkAsync()
    {
        var machines = await Machines.StartAsync(engine, [(await artifacts.All)[0], (await artifacts.All)[2]]);
        machines.Settings["MAX_WORKERS"] = "1";
        return machines;
    }

    // Small to fetch; "zeros" is a gibibyte once it is unpacked.
    private static Artifact Spark(Machines machines, string content)
    {
        using var scratch = new Scratch();
        using (var file = File.Create(scratch["file"])) file.SetLength(content == "zeros" ? 1 << 30 : 100);
        var archive = LocalArtifact.Pack(Artifact.Spark, [new("spark/file", scratch["file"])], scratch.Folder);
        machines.Put(archive);
        return archive.Artifact;
    }
}
