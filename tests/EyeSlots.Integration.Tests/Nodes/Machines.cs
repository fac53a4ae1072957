using System.Globalization;
using EyeSlots.Aws.Artifacts;
using EyeSlots.Aws.Mailbox;
using EyeSlots.Core.Storage;
using EyeSlots.Integration.Tests.Containers;
using EyeSlots.Integration.Tests.Jobs;
using EyeSlots.Preprocessing.Synthesis;
using EyeSlots.Storage.S3;

namespace EyeSlots.Integration.Tests.Nodes;

/// <summary>An account with machines: containers of a bare Debian on a network of their own, an S3 server beside them, and AWS's services on this host.</summary>
internal sealed class Machines : IAsyncDisposable
{
    private const string Bucket = "artifacts";
    private readonly List<Container> containers = [];
    private readonly Scratch scratch = new();
    private readonly ContainerEngine engine;
    private readonly NodeServices services;
    private ContainerNetwork network = null!;
    private string subnet = "";
    private ObjectStoreFactory stores = null!;

    private Machines(ContainerEngine engine, NodeServices services) => (this.engine, this.services) = (engine, services);

    /// <summary>Its buckets, each a folder.</summary>
    public string Buckets => Directory.CreateDirectory(scratch["s3"]).FullName;

    public NodeServices Services => services;

    /// <summary>Settings of all machines, as user data has them.</summary>
    public Dictionary<string, string> Settings { get; } = new()
    {
        ["REGION"] = NodeServices.Region, ["BUCKET"] = Bucket, ["CLUSTER"] = "faces", ["STACK"] = "eyeslots-run-faces", ["GROUP"] = "eyeslots-run-faces", ["SECRET"] = "eyeslots/faces",
        ["MIN_WORKERS"] = "0", ["INITIAL_WORKERS"] = "0", ["MAX_WORKERS"] = "0", ["LIFETIME_SECONDS"] = "3600",
    };

    public ClusterMailbox Mailbox => ClusterMailbox.Open(stores, Bucket, ClusterName.Parse("faces"));

    public static async Task<Machines> StartAsync(ContainerEngine engine, IEnumerable<LocalArtifact> artifacts)
    {
        var machines = new Machines(engine, await NodeServices.StartAsync());
        foreach (var bucket in (string[])["artifacts", "faces", "slots"]) Directory.CreateDirectory(Path.Combine(machines.Buckets, bucket));
        foreach (var artifact in artifacts) machines.Put(artifact);
        machines.network = await engine.NetworkAsync();
        machines.subnet = (await engine.PodmanAsync("network", "inspect", "--format", "{{(index .Subnets 0).Gateway}}", machines.network.Name))[..^1];
        machines.containers.Add(await engine.RunAsync(
            StockImages.S3,
            ["--network", machines.network.Name, "--ip", machines.S3Address, "--env", $"ROOT_ACCESS_KEY={NodeServices.AccessKey}", "--env", $"ROOT_SECRET_KEY={NodeServices.SecretKey}", "--volume", $"{machines.Buckets}:/data"],
            "--quiet", "--region", NodeServices.Region, "--port", ":7070", "posix", "/data"));
        machines.stores = new(new($"http://{machines.S3Address}:7070", null, NodeServices.Region) { Credentials = new(NodeServices.AccessKey, NodeServices.SecretKey, null) });
        return machines;
    }

    /// <summary>Uploads an artifact, and lets machines ask for it.</summary>
    public void Put(LocalArtifact local)
    {
        var path = PathOf(local.Artifact);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (!File.Exists(path)) File.Copy(local.Path, path);
        Settings[SettingOf(local.Artifact.File)] = local.Artifact.Sha256;
    }

    /// <summary>Where an artifact lies.</summary>
    public string PathOf(Artifact artifact) => Path.Combine(Buckets, Bucket, artifact.Key);

    /// <summary>Starts a machine from nothing: user data, as the templates give it.</summary>
    /// <param name="number">Tells it from the others.</param>
    /// <param name="role">What it is.</param>
    /// <param name="options">More options of <c>podman run</c>.</param>
    public async Task<Container> BootAsync(int number, string role, params string[] options)
    {
        var address = AddressOf(number);
        services.Add(address, IdOf(number));
        var aws = $"http://{subnet}1:{services.Port}";
        string[] environment = [$"AWS_ENDPOINT_URL={aws}", $"AWS_ENDPOINT_URL_S3={(services.TakesS3 ? aws : $"http://{S3Address}:7070")}", $"AWS_EC2_METADATA_SERVICE_ENDPOINT={aws}"];
        var container = await engine.RunAsync(
            NodeImage.Bare,
            [.. options.Contains("none") ? [] : (string[])["--network", network.Name, "--ip", address], .. environment.SelectMany(one => (string[])["--env", one]), "--volume", $"{UserData(number, role)}:/userdata:ro", .. options],
            "bash", "/userdata");
        containers.Add(container);
        return container;
    }

    /// <summary>Puts photographs and lists into a bucket, each file with its time.</summary>
    public void Fill(SynthSummary faces)
    {
        SameBytesTests.Copy(faces.ImageRoot, Path.Combine(Buckets, "faces"));
        foreach (var list in faces.Lists) File.Copy(list, Path.Combine(Buckets, "faces", Path.GetFileName(list)), overwrite: true);
    }

    /// <summary>What the master's page says.</summary>
    public async Task<string> MasterPageAsync()
    {
        using var http = new HttpClient();
        return await http.GetStringAsync(new Uri($"http://{AddressOf(0)}:8080/json/"));
    }

    /// <summary>How many shards an output has.</summary>
    public int Shards(string output) => Path.Combine(Buckets, "slots", output, "shards") is var folder && Directory.Exists(folder) ? Directory.GetFiles(folder, "*.parquet", SearchOption.AllDirectories).Length : 0;

    /// <summary>Whether a machine has switched itself off.</summary>
    public bool IsOff(int number) => services.Calls.Any(call => call.Action == "PowerOff" && call["Instance"] == IdOf(number));

    /// <summary>Why a machine failed, as it lies in the bucket.</summary>
    public IEnumerable<string> Failures(int number)
    {
        var file = Path.Combine(Buckets, Bucket, "clusters", "faces", "failed", IdOf(number));
        return File.Exists(file) ? [File.ReadAllText(file)] : [];
    }

    /// <summary>A machine's address.</summary>
    public string AddressOf(int number) => string.Create(CultureInfo.InvariantCulture, $"{subnet}{10 + number}");

    private string S3Address => subnet + "2";

    /// <summary>A machine's id.</summary>
    public static string IdOf(int number) => string.Create(CultureInfo.InvariantCulture, $"i-{number:x17}");

    /// <summary>The logs of a machine that lie in the bucket, as one text.</summary>
    public string Logs(int number, string file = "")
    {
        var folder = Path.Combine(Buckets, Bucket, "clusters", "faces", "logs", IdOf(number), file);
        return Directory.Exists(folder) ? string.Concat(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllText)) : "";
    }

    /// <summary>Waits for something; else says what all machines wrote.</summary>
    public async Task WaitAsync(string what, TimeSpan patience, Func<Task<bool>> isThere)
    {
        for (var started = TimeProvider.System.GetTimestamp(); !await isThere();)
        {
            if (TimeProvider.System.GetElapsedTime(started) > patience) Assert.Fail($"{what} did not come. {string.Join("\n", await Task.WhenAll(containers.Skip(1).Select(one => one.LogsAsync())))}");
            await Task.Delay(500);
        }
    }

    /// <summary>Waits for a job's result.</summary>
    public async Task<JobResult> ResultAsync(int number, TimeSpan patience)
    {
        await WaitAsync($"The result of job {number}", patience, async () => await Mailbox.Jobs.ResultAsync(number) is not null);
        return (await Mailbox.Jobs.ResultAsync(number))!;
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(containers.Select(container => container.DisposeAsync().AsTask()));
        await network.DisposeAsync();
        stores.Dispose();
        await services.DisposeAsync();
        scratch.Dispose();
    }

    private string UserData(int number, string role)
    {
        var path = scratch[$"userdata-{number}"];
        var resource = role == "worker" ? "" : "Master";
        var settings = Settings.Append(new("ROLE", role)).Append(new("RESOURCE", resource)).Select(pair => $"export EYESLOTS_{pair.Key}={pair.Value}");
        File.WriteAllText(path, $"#!/bin/bash\n{string.Join('\n', settings)}\n{File.ReadAllText(Path.Combine(SharedFolder.Repository, "deploy", "boot.sh"))}");
        return path;
    }

    private static string SettingOf(string file) => file switch
    {
        Artifact.Program => "PROGRAM_SHA256", Artifact.Spark => "SPARK_SHA256", Artifact.Jre => "JRE_SHA256", _ => "LIBTORCH_SHA256",
    };
}
