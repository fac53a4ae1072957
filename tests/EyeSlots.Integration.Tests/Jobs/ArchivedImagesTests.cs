using System.Text.RegularExpressions;
using EyeSlots.Integration.Tests.Cli;
using EyeSlots.Integration.Tests.Storage;
using EyeSlots.Integration.Tests.Storage.Servers;
using EyeSlots.Preprocessing.Synthesis;
using Microsoft.AspNetCore.Http;

namespace EyeSlots.Integration.Tests.Jobs;

/// <summary>A bucket whose images were moved into an archive. The test's server has none, so a small one before it says so where it is asked.</summary>
public sealed partial class ArchivedImagesTests(DrawnFaces drawn, S3Server s3)
{
    [Fact]
    public async Task Images_ThatAreArchived_EndARunThatNeedsThem_AndNoOther()
    {
        using var scratch = new Scratch();
        using var forwarder = new Forwarder(s3.Endpoint);
        var remote = await InABucketAsync(drawn.Of(new() { Faces = 40, Side = 200, Seed = 4 }));
        await JobRuns.RunAsync(s3.EnvironmentVariables, JobRuns.Arguments(remote, scratch["before"]));

        await using var archive = await SmallServer.StartAsync(context =>
        {
            if (HttpMethods.IsHead(context.Request.Method)) context.Response.Headers["x-amz-storage-class"] = "DEEP_ARCHIVE";
            return forwarder.ForwardAsync(context);
        });
        var environment = new Dictionary<string, string>(s3.EnvironmentVariables) { ["AWS_ENDPOINT_URL_S3"] = archive.Endpoint.AbsoluteUri };
        foreach (var more in (string[][])[[], ["--dry-run"]])
        {
            var result = await EyeSlotsProgram.RunAsync(environment, JobRuns.Arguments(remote, scratch["after"], more));
            Assert.Equal(1, result.ExitCode);
            Assert.Matches(Message(), result.Errors.TrimEnd('\n').Split('\n')[^1]);
            Assert.Contains(".jpg below --images", result.Errors);
        }

        Assert.DoesNotContain(archive.Requests, request => request.StartsWith("GET", StringComparison.Ordinal) && request.EndsWith(".jpg", StringComparison.OrdinalIgnoreCase));
        var unchanged = await JobRuns.RunAsync(environment, JobRuns.Arguments(remote, scratch["before"]));
        Assert.Equal(0, unchanged.GetProperty("shardsMade").GetInt32());
    }

    private async Task<SynthSummary> InABucketAsync(SynthSummary faces)
    {
        var bucket = $"archive-{Guid.NewGuid():N}";
        await s3.CreateBucketAsync(bucket);
        SameBytesTests.Copy(faces.ImageRoot, Path.Combine(s3.DataFolder, bucket));
        return faces with { ImageRoot = $"s3://{bucket}" };
    }

    [GeneratedRegex("^error storage-failed: The images of 40 faces that are to be cut are archived \\(GLACIER or DEEP_ARCHIVE\\)")]
    private static partial Regex Message();
}
