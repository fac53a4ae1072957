using System.Diagnostics;
using EyeSlots.Integration.Tests.Cli;
using EyeSlots.Preprocessing.Synthesis;

namespace EyeSlots.Integration.Tests.Jobs;

/// <summary>Whatever kills a run, the next one ends like an undisturbed one.</summary>
public sealed class KillTests(DrawnFaces drawn)
{
    private const int Attempts = 20;
    private readonly SynthSummary faces = drawn.Of(new() { Faces = LongRun.Count(2500, 4000), Defects = 0.05, Side = LongRun.Count(200, 425) });

    [Fact]
    public async Task Kill_AtMomentsSpreadOverARun_NextRunEndsLikeAnUndisturbedOne()
    {
        using var scratch = new Scratch();
        var started = Stopwatch.GetTimestamp();
        await JobRuns.RunAsync(faces, scratch["undisturbed"]);
        var length = Stopwatch.GetElapsedTime(started);
        var kills = LongRun.Count(5, 50);
        for (var kill = 0; kill < kills; kill++)
        {
            var output = scratch[$"killed-{kill}"];
            using (var process = EyeSlotsProgram.Start(new Dictionary<string, string>(), JobRuns.Arguments(faces, output)))
            {
                process.WaitForExit(length * ((kill + 0.5) / kills));
                process.Kill();
                process.WaitForExit();
            }

            await AssertEndsLikeAsync(scratch["undisturbed"], output);
            Directory.Delete(output, recursive: true);
        }
    }

    [Theory]
    [InlineData("shards", "*.tmp")]
    [InlineData("quarantine", "*.parquet")]
    [InlineData("shards", "*.parquet")]
    [InlineData("manifests/affectnet", "*.tmp")]
    [InlineData("manifests/affectnet", "*.json")]
    public async Task Kill_WhenAFileAppears_NextRunEndsLikeAnUndisturbedOne(string folder, string pattern)
    {
        using var scratch = new Scratch();
        await JobRuns.RunAsync(faces, scratch["undisturbed"]);
        for (var attempt = 1; ; attempt++)
        {
            var output = scratch[$"killed-{attempt}"];
            KillWhenAppears(output, folder, pattern);
            if (IsAtPoint(output, folder, pattern))
            {
                await AssertEndsLikeAsync(scratch["undisturbed"], output);
                return;
            }

            Assert.True(attempt < Attempts, $"The run was never caught when {folder}/{pattern} had just appeared.");
        }
    }

    private static bool IsAtPoint(string output, string folder, string pattern)
    {
        var found = Directory.GetFiles(Path.Combine(output, folder), pattern).Length > 0;
        var committed = Directory.GetFiles(Path.Combine(output, "manifests/affectnet"), "*.json").Length > 0;
        return (folder, pattern) switch
        {
            ("quarantine", _) => Fingerprints(output, "quarantine").Except(Fingerprints(output, "shards")).Any(),
            ("manifests/affectnet", "*.json") => found && Directory.GetFiles(Path.Combine(output, "plans")).Length > 0,
            _ => found && !committed,
        };
    }

    private static IEnumerable<string?> Fingerprints(string output, string folder) =>
        Directory.GetFiles(Path.Combine(output, folder), "*.parquet").Select(Path.GetFileName);

    private void KillWhenAppears(string output, string folder, string pattern)
    {
        foreach (var name in (string[])["shards", "quarantine", "manifests/affectnet", "plans"]) Directory.CreateDirectory(Path.Combine(output, name));
        using var process = EyeSlotsProgram.Start(new Dictionary<string, string>(), JobRuns.Arguments(faces, output));
        var watched = Path.Combine(output, folder);
        while (!process.HasExited && !Directory.EnumerateFiles(watched, pattern).Any()) Thread.Yield();
        process.Kill();
        process.WaitForExit();
    }

    private async Task AssertEndsLikeAsync(string undisturbed, string output)
    {
        await JobRuns.RunAsync(faces, output);
        var verified = await EyeSlotsProgram.JsonAsync("verify", "--out", output);
        Assert.True(verified.GetProperty("clean").GetBoolean());
        JobRuns.AssertSameBytes(undisturbed, output);
        await EyeSlotsProgram.JsonAsync("gc", output, "--grace", "0s", "--delete");
        Assert.Equal(JobRuns.Files(undisturbed), JobRuns.Files(output));
        JobRuns.AssertSameBytes(undisturbed, output);
    }
}
