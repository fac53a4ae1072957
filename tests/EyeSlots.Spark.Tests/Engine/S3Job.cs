using EyeSlots.Integration.Tests.Cli;
using EyeSlots.Integration.Tests.Jobs;
using EyeSlots.Integration.Tests.Storage;

namespace EyeSlots.Spark.Tests.Engine;

/// <summary>The job on Spark from a bucket with the drawn faces into an empty one, each with a name of the test's.</summary>
internal sealed class S3Job
{
    private readonly Faces faces;
    private readonly S3Server s3;
    private readonly string name;

    private S3Job(Faces faces, S3Server s3, string name) => (this.faces, this.s3, this.name) = (faces, s3, name);

    /// <summary>What the job made, as the server keeps it.</summary>
    public string OutputFolder => Path.Combine(s3.DataFolder, $"slots-{name}");

    /// <summary>Whether a shard is published.</summary>
    public bool HasShard => Path.Combine(OutputFolder, "shards") is var shards && Directory.Exists(shards) && Directory.EnumerateFiles(shards, "*.parquet").Any();

    /// <summary>Makes the buckets.</summary>
    public static async Task<S3Job> PrepareAsync(Faces faces, S3Server s3, string name)
    {
        await s3.CreateBucketAsync($"faces-{name}");
        await s3.CreateBucketAsync($"slots-{name}");
        Copy(faces.Drawn.ImageRoot, Path.Combine(s3.DataFolder, $"faces-{name}"));
        return new(faces, s3, name);
    }

    /// <summary>Variables of the program: the cluster, the server, and what the test changes.</summary>
    public Dictionary<string, string> Environment(string remote, params (string Name, string Value)[] changes)
    {
        var environment = SparkJob.Environment(remote);
        foreach (var (variable, value) in s3.EnvironmentVariables) environment[variable] = value;
        foreach (var (variable, value) in changes) environment[variable] = value;
        return environment;
    }

    public Task<ProgramResult> RunAsync(Dictionary<string, string> environment, params string[] more) =>
        EyeSlotsProgram.RunAsync(environment, Arguments($"s3://slots-{name}", ["--engine", "spark", .. more]));

    /// <summary>Demands the bytes of the local engine on the same images in the same store: their identities are part of the shards' names.</summary>
    public async Task AssertSameAsLocallyAsync(string folder)
    {
        var run = await EyeSlotsProgram.RunAsync(s3.EnvironmentVariables, Arguments(folder));
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        JobRuns.AssertSameBytes(folder, OutputFolder);
    }

    private string[] Arguments(string output, params string[] more) =>
        [.. JobRuns.Arguments(faces.Drawn with { ImageRoot = $"s3://faces-{name}" }, output, more), "--json"];

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
