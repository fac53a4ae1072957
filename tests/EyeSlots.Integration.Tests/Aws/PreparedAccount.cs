using System.Formats.Tar;
using System.IO.Compression;
using EyeSlots.Aws.Clusters;
using EyeSlots.Aws.CloudFormation.Model;
using EyeSlots.Aws.Requests;
using EyeSlots.Aws.Mailbox;
using EyeSlots.Core.Storage;
using EyeSlots.Integration.Tests.Cli;

namespace EyeSlots.Integration.Tests.Aws;

/// <summary>An account in a moto_server of its own that <c>cluster prepare</c> has prepared, with archives that nobody unpacks.</summary>
public sealed class PreparedAccount : IAsyncLifetime
{
    private readonly Scratch scratch = new();

    /// <summary>The server.</summary>
    public MotoServer Moto { get; } = new();

    /// <summary>The bucket with artifacts and mailboxes.</summary>
    public string ArtifactBucket { get; private set; } = "";

    /// <summary>The bucket with data.</summary>
    public string DataBucket { get; private set; } = "";

    /// <summary>What the test's own side asks, past any proxy.</summary>
    internal ClusterAccount Account { get; private set; } = null!;

    /// <summary>The line that prepared it, run again.</summary>
    internal string[] PrepareLine => ["cluster", "prepare", "--spark", scratch["spark.tgz"], "--jre", scratch["jre"], "--json"];

    /// <summary>The variables of a preparation: where the packed worker lies.</summary>
    internal IReadOnlyDictionary<string, string> Variables(IReadOnlyDictionary<string, string> account) =>
        new Dictionary<string, string>(account) { ["EYESLOTS_SPARK_WORKER"] = scratch["worker.tar"] };

    public async ValueTask InitializeAsync()
    {
        await Moto.InitializeAsync();
        MakeFiles();
        Account = new(Moto.Open());
        var made = await EyeSlotsProgram.RunAsync(Variables(Moto.EnvironmentVariables), [.. PrepareLine, .. await NetworkAsync()]);
        Assert.True(made.ExitCode == 0, made.Output + made.Errors);
        ArtifactBucket = made.Json.GetProperty("artifactBucket").GetString()!;
        DataBucket = made.Json.GetProperty("dataBuckets")[0].GetString()!;
    }

    // Moto cannot delete a network that a stack made, so the one that it begins with is given.
    private async Task<string[]> NetworkAsync()
    {
        var subnets = (await new QueryClient(Account.Access, AwsService.Ec2).CallAsync("DescribeSubnets", new(), TestContext.Current.CancellationToken)).List("subnetSet", "item");
        return ["--vpc", subnets[0].Text("vpcId"), "--subnets", .. subnets.Take(2).Select(subnet => subnet.Text("subnetId"))];
    }

    public async ValueTask DisposeAsync()
    {
        Account?.Dispose();
        await Moto.DisposeAsync();
        scratch.Dispose();
    }

    /// <summary>A cluster's mailbox.</summary>
    internal ClusterMailbox Mailbox(string name) => ClusterMailbox.Open(Account.Stores, ArtifactBucket, ClusterName.Parse(name));

    /// <summary>A cluster's stack, or null.</summary>
    internal Task<Stack?> StackAsync(string name) => Account.Life.FindAsync(ClusterName.Parse(name).StackName, TestContext.Current.CancellationToken);

    /// <summary>Puts a text into the bucket with data.</summary>
    internal Task PutAsync(string key, string content) =>
        Account.Stores.Open(StorageAddress.Parse($"s3://{DataBucket}")).PublishAsync(key, System.Text.Encoding.UTF8.GetBytes(content), TestContext.Current.CancellationToken);

    /// <summary>Draws photographs into the bucket with data, and keeps their lists in <c>drawn/</c> of a folder.</summary>
    /// <returns>Their root in the bucket.</returns>
    internal async Task<StorageAddress> DrawAsync(Scratch folder)
    {
        await EyeSlotsProgram.JsonAsync("synth", "--out", folder["drawn"], "--faces", "40", "--side", "100");
        var images = Account.Stores.Open(StorageAddress.Parse($"s3://{DataBucket}/drawn"));
        foreach (var file in Directory.EnumerateFiles(folder["drawn"], "*.jpg", SearchOption.AllDirectories))
            await images.PublishAsync(Path.GetRelativePath(folder["drawn"], file), await File.ReadAllBytesAsync(file));
        return images.Address;
    }

    /// <summary>Runs a line of the program with <c>--json</c> and demands success.</summary>
    internal async Task<System.Text.Json.JsonElement> JsonAsync(params string[] line)
    {
        var result = await EyeSlotsProgram.RunAsync(Moto.EnvironmentVariables, [.. line.TakeWhile(word => word != "--"), "--json", .. line.SkipWhile(word => word != "--")]);
        Assert.True(result.ExitCode == 0, $"{string.Join(' ', line)}: {result.Output}{result.Errors}");
        return result.Json;
    }

    // A runtime with a link, which the archive must not have, and just what tells Spark from another archive.
    private void MakeFiles()
    {
        Directory.CreateDirectory(scratch["jre/bin"]);
        File.WriteAllText(scratch["jre/bin/java"], "#!/bin/sh\n");
        File.CreateSymbolicLink(scratch["jre/java"], "bin/java");
        File.WriteAllText(scratch["worker.tar"], "a worker");
        Directory.CreateDirectory(scratch["spark/spark-4/jars"]);
        File.WriteAllText(scratch["spark/spark-4/jars/spark-core_2.13-4.1.4.jar"], "a jar");
        using var gzip = new GZipStream(File.Create(scratch["spark.tgz"]), CompressionLevel.Fastest);
        TarFile.CreateFromDirectory(scratch["spark"], gzip, includeBaseDirectory: false);
    }
}
