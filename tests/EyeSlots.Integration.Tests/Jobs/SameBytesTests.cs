using System.Diagnostics;
using EyeSlots.Integration.Tests.Cli;
using EyeSlots.Integration.Tests.Storage;
using EyeSlots.Preprocessing.Synthesis;

namespace EyeSlots.Integration.Tests.Jobs;

/// <summary>The same input gives the same bytes, whatever the workers, the folders and the stores.</summary>
public sealed class SameBytesTests(DrawnFaces drawn, S3Server s3)
{
    private readonly SynthSummary faces = drawn.Of(new() { Faces = 1500, Defects = 0.08, Side = 200, Seed = 3 });

    [Fact]
    public async Task Workers_AndFolders_DoNotMatter()
    {
        using var scratch = new Scratch();
        await JobRuns.RunAsync(faces, scratch["one"], "--workers", "1");
        await JobRuns.RunAsync(faces, scratch["four"], "--workers", "4");
        JobRuns.AssertSameBytes(scratch["one"], scratch["four"]);

        Copy(faces.ImageRoot, scratch["elsewhere"]);
        string[] lists = [.. faces.Lists.Select(list => Path.Combine(scratch["elsewhere"], Path.GetFileName(list)))];
        await JobRuns.RunAsync(faces with { Lists = lists, ImageRoot = scratch["elsewhere"] }, scratch["moved"]);
        JobRuns.AssertSameBytes(scratch["one"], scratch["moved"]);
    }

    [Fact]
    public async Task Output_OnS3_HasTheSameBytes()
    {
        using var scratch = new Scratch();
        var bucket = $"out-{Guid.NewGuid():N}";
        await s3.CreateBucketAsync(bucket);
        await JobRuns.RunAsync(faces, scratch["local"]);
        await JobRuns.RunAsync(s3.EnvironmentVariables, JobRuns.Arguments(faces, $"s3://{bucket}/slots"));
        JobRuns.AssertSameBytes(scratch["local"], Path.Combine(s3.DataFolder, bucket, "slots"));
    }

    [Fact]
    public async Task Images_OnS3_HaveTheSameBytesWithHashedImagesAndTheSameRowsWithout()
    {
        using var scratch = new Scratch();
        var bucket = $"in-{Guid.NewGuid():N}";
        await s3.CreateBucketAsync(bucket);
        Copy(faces.ImageRoot, Path.Combine(s3.DataFolder, bucket));
        var remote = faces with { ImageRoot = $"s3://{bucket}" };
        await JobRuns.RunAsync(faces, scratch["hashed"], "--hash-images");
        await JobRuns.RunAsync(s3.EnvironmentVariables, JobRuns.Arguments(remote, scratch["hashed-s3"], "--hash-images"));
        JobRuns.AssertSameBytes(scratch["hashed"], scratch["hashed-s3"]);

        await JobRuns.RunAsync(faces, scratch["plain"]);
        await JobRuns.RunAsync(s3.EnvironmentVariables, JobRuns.Arguments(remote, scratch["plain-s3"]));
        Assert.Equal(await Readers.RowDump.OfAsync(scratch["plain"]), await Readers.RowDump.OfAsync(scratch["plain-s3"]));
    }

    [Fact]
    public async Task FaultsOfTheNetwork_ChangeNothing()
    {
        using var scratch = new Scratch();
        var (input, output) = ($"in-{Guid.NewGuid():N}", $"out-{Guid.NewGuid():N}");
        await s3.CreateBucketAsync(input);
        await s3.CreateBucketAsync(output);
        Copy(faces.ImageRoot, Path.Combine(s3.DataFolder, input));
        var remote = faces with { ImageRoot = $"s3://{input}" };
        await JobRuns.RunAsync(s3.EnvironmentVariables, JobRuns.Arguments(remote, scratch["calm"]));
        await using var proxy = FaultyProxy.Seeded(s3.Endpoint, seed: 5, share: 0.05);
        Dictionary<string, string> environment = new(s3.EnvironmentVariables) { ["AWS_ENDPOINT_URL_S3"] = proxy.Endpoint.AbsoluteUri };
        await JobRuns.RunAsync(environment, JobRuns.Arguments(remote, $"s3://{output}/slots"));
        Assert.True(proxy.Counts.Where(fault => fault.Key != Fault.None).Sum(fault => fault.Value) > 20);
        JobRuns.AssertSameBytes(scratch["calm"], Path.Combine(s3.DataFolder, output, "slots"));
        var verified = await JobRuns.RunAsync(s3.EnvironmentVariables, "verify", "--out", $"s3://{output}/slots");
        Assert.True(verified.GetProperty("clean").GetBoolean());
    }

    // cp keeps modification times to the nanosecond, which are part of an image's identity.
    internal static void Copy(string from, string to)
    {
        using var copy = Process.Start("cp", ["-a", "-T", from, to]);
        copy.WaitForExit();
        Assert.Equal(0, copy.ExitCode);
    }
}
