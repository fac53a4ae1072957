using Amazon.Runtime;
using Amazon.S3;
using EyeSlots.Integration.Tests.Cli;
using EyeSlots.Integration.Tests.Containers;
using EyeSlots.Integration.Tests.Jobs;

namespace EyeSlots.Integration.Tests.Containers;

/// <summary>The cluster of the compose file, up with two workers, 2,000 photographs in its bucket, and what the local engine makes of them.</summary>
public sealed class ComposeCluster(ContainerEngine engine) : IAsyncLifetime
{
    private const string Lists = "training.csv validation.csv test.csv";
    private readonly Scratch scratch = new();

    private ComposeProject? project;

    internal ComposeProject Project => project!;

    /// <summary>The shards of the local engine.</summary>
    internal string Expected => scratch["expected"];

    /// <summary>The job on the cluster, as one types it.</summary>
    internal string[] Job(string output) =>
        ["preprocess", "--annotations", .. Lists.Split(' ').Select(list => "drawn/" + list), "--images", "s3://faces/drawn", "--out", $"s3://slots/{output}", "--engine", "spark", "--json"];

    /// <summary>Where an output root of the bucket lies on this machine.</summary>
    internal async Task<string> OutputAsync(string output) => Path.Combine(await Project.VolumeAsync("s3"), "slots", output);

    public async ValueTask InitializeAsync()
    {
        await TimedPart.RunAsync("images and settings", async () => project = await ComposeProject.CreateAsync(engine));
        await TimedPart.RunAsync("up", () => Project.ReadmeAsync("docker compose up"));
        await TimedPart.RunAsync("synth, once all is healthy", () => Project.ReadmeAsync("docker compose run --rm eyeslots synth"));
        var drawn = Path.Combine(await Project.VolumeAsync("data"), "drawn");
        await TimedPart.RunAsync("photographs into the bucket", () => UploadAsync(drawn));
        await TimedPart.RunAsync("the local engine", () => RunLocallyAsync(drawn));
    }

    public async ValueTask DisposeAsync()
    {
        if (project is not null) await TimedPart.RunAsync("down", async () => await project.DisposeAsync());
        scratch.Dispose();
    }

    private string Endpoint => $"http://127.0.0.1:{Project.S3Port}";

    private async Task RunLocallyAsync(string drawn)
    {
        Dictionary<string, string> environment = new()
        {
            ["AWS_ENDPOINT_URL"] = Endpoint, ["AWS_ACCESS_KEY_ID"] = "eyeslots", ["AWS_SECRET_ACCESS_KEY"] = Project.S3Secret, ["AWS_EC2_METADATA_DISABLED"] = "true",
        };
        await JobRuns.RunAsync(environment, ["preprocess", "--annotations", .. Lists.Split(' ').Select(list => Path.Combine(drawn, list)), "--images", "s3://faces/drawn", "--out", Expected]);
    }

    private async Task UploadAsync(string folder)
    {
        using var client = new AmazonS3Client(
            new BasicAWSCredentials("eyeslots", Project.S3Secret), new AmazonS3Config { ServiceURL = Endpoint, ForcePathStyle = true, AuthenticationRegion = "us-east-1" });
        await Parallel.ForEachAsync(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories), async (file, cancellation) =>
            await client.PutObjectAsync(new() { BucketName = "faces", Key = $"drawn/{Path.GetRelativePath(folder, file)}", FilePath = file }, cancellation));
    }
}

/// <summary>Tests that share the cluster.</summary>
[CollectionDefinition(nameof(ComposeCluster))]
public sealed class ComposeClusterCollection : ICollectionFixture<ComposeCluster>;
