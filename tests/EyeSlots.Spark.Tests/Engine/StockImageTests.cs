using System.Diagnostics;
using System.Text.RegularExpressions;
using EyeSlots.Executor;
using EyeSlots.Integration.Tests;
using EyeSlots.Integration.Tests.Cli;
using EyeSlots.Integration.Tests.Storage;
using EyeSlots.Spark.Contract;
using EyeSlots.Spark.Tests.Servers;

namespace EyeSlots.Spark.Tests.Engine;

/// <summary>The worker needs of an executor what every image with a JVM has: no .NET, no ICU, no GTK, no other library.</summary>
public sealed partial class StockImageTests(Faces faces, S3Server s3) : IDisposable
{
    private static readonly Version NewestGlibc = new(2, 34);
    private static readonly string[] Usual =
        ["ld-linux-x86-64.so.2", "libc.so.6", "libdl.so.2", "libgcc_s.so.1", "libm.so.6", "libpthread.so.0", "librt.so.1", "libstdc++.so.6"];

    private readonly Scratch scratch = new();

    /// <summary>In short by what its files ask for; in full by the job in a root folder that has nothing else.</summary>
    [Fact]
    public async Task Worker_OnAStockImage_FindsAllThatItNeeds()
    {
        Tools.Run("tar", "-xf", SparkJob.WorkerArchive, "-C", Directory.CreateDirectory(scratch["worker"]).FullName);
        var library = Directory.EnumerateFiles(scratch["worker"]).Select(file => LibraryParts.LibraryOf(Path.GetFileName(file))).First(name => name is not null);
        Assert.True(PackedOpenCv.TryUnpack(scratch["worker"], library!));
        foreach (var part in Directory.EnumerateFiles(scratch["worker"], "*.br")) File.Delete(part);
        var own = Directory.EnumerateFiles(scratch["worker"]).Select(path => Path.GetFileName(path)!).ToList();
        var asked = string.Join('\n', own.Select(file => Objdump(Path.Combine(scratch["worker"], file))));
        Assert.Empty(Needed().Matches(asked).Select(needed => needed.Groups[1].Value).Except([.. Usual, .. own]));
        Assert.Equal(NewestGlibc, Glibc().Matches(asked).Max(version => Version.Parse(version.Groups[1].ValueSpan)));
        if (LongRun.IsOn) await AssertRunsAsync();
    }

    public void Dispose() => scratch.Dispose();

    private async Task AssertRunsAsync()
    {
        var image = StockImage.For(Tools.Spark("4.1.4"));
        var libraries = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        Assert.DoesNotContain(Directory.EnumerateFiles(Path.Combine(image.Root, "usr"), "*.so*", libraries), path => Foreign().IsMatch(path));
        await using (var server = await SparkServer.StartAsync("4.1.4", new() { Launcher = image.Launcher() }))
        {
            Assert.True(StockImage.Holds(server.ProcessId), server.Log);
            await SparkJob.RunAsync(server.Remote, faces.Drawn, scratch["out"]);
            await SparkJob.AssertSameAsync(faces.Local, scratch["out"]);
            await AssertReachesS3Async(server.Remote);
        }

        await using var without = await SparkServer.StartAsync("4.1.4", new() { Launcher = image.Launcher("libssl*") });
        await AssertAsksForOpenSslAsync(without.Remote);
    }

    private async Task AssertReachesS3Async(string remote)
    {
        await s3.CreateBucketAsync("stock-image");
        var doctor = await DoctorAsync(remote);
        Assert.True(doctor.ExitCode == 0, doctor.Output + doctor.Errors);
        Assert.Matches("executor [^\"]*: storage: publish\",\"passed\":true", doctor.Output);
    }

    /// <summary>The one thing that .NET takes of the machine and that an image could lack. It ends the process where it is missing.</summary>
    private async Task AssertAsksForOpenSslAsync(string remote)
    {
        var run = await EyeSlotsProgram.EndAsync(SparkJob.Start(remote, faces.Drawn, scratch["none"]));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("has no OpenSSL: libssl.so.3 is missing", run.Json.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        var doctor = await DoctorAsync(remote);
        Assert.Equal(1, doctor.ExitCode);
        Assert.Matches("executor [^\"]*: OpenSSL\",\"passed\":false", doctor.Output);
    }

    private Task<ProgramResult> DoctorAsync(string remote)
    {
        var environment = SparkJob.Environment(remote);
        foreach (var (name, value) in s3.EnvironmentVariables) environment[name] = value;
        return EyeSlotsProgram.RunAsync(environment, "doctor", "--out", "s3://stock-image", "--send-credentials", "--json");
    }

    private static string Objdump(string file)
    {
        using var process = Process.Start(new ProcessStartInfo("objdump", ["-p", file]) { RedirectStandardOutput = true })!;
        return process.StandardOutput.ReadToEnd();
    }

    [GeneratedRegex(@"NEEDED\s+(\S+)")]
    private static partial Regex Needed();

    [GeneratedRegex(@" GLIBC_([0-9]+\.[0-9]+)")]
    private static partial Regex Glibc();

    [GeneratedRegex("gtk|libicu|coreclr|hostfxr|opencv", RegexOptions.IgnoreCase)]
    private static partial Regex Foreign();
}
