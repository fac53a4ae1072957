using System.Diagnostics;
using System.Runtime.InteropServices;
using EyeSlots.Integration.Tests.Cli;
using EyeSlots.Integration.Tests.Storage;
using EyeSlots.Preprocessing.Synthesis;

namespace EyeSlots.Integration.Tests.Jobs;

/// <summary>Full disks, missing buckets, wrong secrets, interrupts: a clear error, and nothing half-written.</summary>
public sealed class BadSurroundingsTests(DrawnFaces drawn, S3Server s3)
{
    private const int Interrupt = 2, Terminate = 15;
    private readonly SynthSummary faces = drawn.Of(new() { Faces = 1500, Defects = 0.08, Side = 200, Seed = 3 });

    [Fact]
    public async Task DatasetWithoutRoom_IsToldAndLeavesNothingHalfWritten()
    {
        using var scratch = new Scratch();
        await RunWithoutRoomAsync(2048, "shards/", [.. JobRuns.Arguments(faces, scratch["out"], "--format", "raw")]);
        var left = Directory.Exists(scratch["out"]) ? JobRuns.Files(scratch["out"]) : [];
        Assert.DoesNotContain(left, file => file.EndsWith(".tmp", StringComparison.Ordinal) || file.StartsWith("manifests", StringComparison.Ordinal));
        await JobRuns.RunAsync(faces, scratch["out"], "--format", "raw");
    }

    /// <summary>Only a plan that does not fit into its memory is written there.</summary>
    [Fact]
    public async Task TemporaryFolderWithoutRoom_IsTold()
    {
        using var scratch = new Scratch();
        var many = drawn.Of(new() { Faces = 400_000, Images = false });
        await RunWithoutRoomAsync(64, "temporary folder", [.. JobRuns.Arguments(many, scratch["out"])]);
        Assert.False(Directory.Exists(scratch["out"]) && JobRuns.Files(scratch["out"]).Length > 0);
    }

    [Theory]
    [InlineData("AWS_SECRET_ACCESS_KEY", "wrong", "secret")]
    [InlineData("AWS_ACCESS_KEY_ID", "nobody", "key")]
    public async Task WrongCredentials_AreToldWithoutTheSecret(string variable, string value, string word)
    {
        var bucket = $"b-{Guid.NewGuid():N}";
        await s3.CreateBucketAsync(bucket);
        Dictionary<string, string> environment = new(s3.EnvironmentVariables) { [variable] = value };
        var result = await EyeSlotsProgram.RunAsync(environment, JobRuns.Arguments(faces, $"s3://{bucket}/out"));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("storage-failed", result.Errors, StringComparison.Ordinal);
        Assert.Contains(word, result.Errors, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(s3.SecretKey, result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MissingBucket_IsTold()
    {
        var result = await EyeSlotsProgram.RunAsync(s3.EnvironmentVariables, JobRuns.Arguments(faces, "s3://no-such-bucket-here/out"));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("bucket", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Interrupt)]
    [InlineData(Terminate)]
    public async Task Signal_StopsCleanlyAndTheNextRunGoesOn(int signal)
    {
        using var scratch = new Scratch();
        // Each list ten times, so that the run lasts until the signal has come.
        var drawnOnce = drawn.Of(new() { Faces = LongRun.Count(2500, 4000), Defects = 0.05, Side = LongRun.Count(200, 425) });
        var many = drawnOnce with { Lists = [.. Enumerable.Range(0, 10).SelectMany(copy => drawnOnce.Lists.Select((list, at) => $"list{at}-{copy}={list}"))] };
        Directory.CreateDirectory(scratch["out/shards"]);
        using var process = EyeSlotsProgram.Start(new Dictionary<string, string>(), [.. JobRuns.Arguments(many, scratch["out"], "--workers", "1"), "--json"]);
        while (!process.HasExited && !Directory.EnumerateFiles(scratch["out/shards"], "*.parquet").Any()) Thread.Yield();
        Assert.Equal(0, Kill(process.Id, signal));
        var result = await EyeSlotsProgram.EndAsync(process);
        Assert.Equal(130, result.ExitCode);
        Assert.Equal("interrupted", result.Json.GetProperty("error").GetProperty("code").GetString());
        Assert.DoesNotContain(JobRuns.Files(scratch["out"]), file => file.EndsWith(".tmp", StringComparison.Ordinal) || file.StartsWith("plans", StringComparison.Ordinal));
        var next = await JobRuns.RunAsync(many, scratch["out"]);
        Assert.True(next.GetProperty("shardsKept").GetInt32() > 0);
    }

    [Fact]
    public async Task Gc_BesideRunningJobsAndOtherDatasets_TakesNothingThatIsNeeded()
    {
        using var scratch = new Scratch();
        await JobRuns.RunAsync(faces, scratch["out"], "--dataset", "other");
        var many = drawn.Of(new() { Faces = LongRun.Count(2500, 4000), Defects = 0.05, Side = LongRun.Count(200, 425) });
        var run = JobRuns.RunAsync(many, scratch["out"]);
        var collected = 0;
        for (; !run.IsCompleted; collected++) await EyeSlotsProgram.JsonAsync("gc", scratch["out"], "--keep", "1", "--grace", "0s", "--delete");
        await run;
        Assert.True(collected > 1);
        foreach (var dataset in (string[])["affectnet", "other"])
        {
            var verified = await EyeSlotsProgram.JsonAsync("verify", "--out", scratch["out"], "--dataset", dataset);
            Assert.True(verified.GetProperty("clean").GetBoolean());
        }
    }

    [Fact]
    public async Task NothingChanged_KeepsEveryShardAndWritesNoGeneration()
    {
        using var scratch = new Scratch();
        await JobRuns.RunAsync(faces, scratch["out"]);
        var before = JobRuns.Files(scratch["out"]);
        var again = await JobRuns.RunAsync(faces, scratch["out"]);
        Assert.Equal(0, again.GetProperty("shardsMade").GetInt32());
        Assert.False(again.GetProperty("committed").GetBoolean());
        Assert.Equal(before, JobRuns.Files(scratch["out"]));
    }

    // A limit on file sizes stands for a full disk. The runtime itself maps its code through a file, which the limit would forbid too.
    private static async Task RunWithoutRoomAsync(int kilobytes, string where, string[] arguments)
    {
        var command = $"ulimit -f {kilobytes}; trap '' XFSZ; exec '{EyeSlotsProgram.Path}' {string.Join(' ', arguments.Select(word => $"'{word}'"))} --json";
        Dictionary<string, string> environment = new() { ["DOTNET_EnableWriteXorExecute"] = "0" };
        using var process = EyeSlotsProgram.StartOther("bash", environment, "-c", command);
        var result = await EyeSlotsProgram.EndAsync(process);
        Assert.Equal(1, result.ExitCode);
        var error = result.Json.GetProperty("error");
        Assert.Equal("storage-failed", error.GetProperty("code").GetString());
        Assert.Contains(where, error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    // The program may be done before another one could be started to send the signal.
    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
