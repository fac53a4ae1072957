using System.Net;
using System.Net.Sockets;
using EyeSlots.Integration.Tests.Cli;
using EyeSlots.Integration.Tests.Truth;

namespace EyeSlots.Integration.Tests.Containers;

/// <summary>The compose file as it is, in a folder with an <c>.env</c> as the README makes it, under a name that no other project has.</summary>
internal sealed class ComposeProject : IAsyncDisposable
{
    private readonly ContainerEngine engine;
    private readonly EngineService service;
    private readonly Scratch scratch = new();

    private ComposeProject(ContainerEngine engine, EngineService service) => (this.engine, this.service) = (engine, service);

    /// <summary>Begins every name of its containers, networks and volumes.</summary>
    public string Name { get; } = $"eyeslots{Guid.NewGuid():N}";

    public int S3Port { get; } = FreePort();

    public string S3Secret => Setting("S3_SECRET_KEY");

    public string Token => Setting("SPARK_TOKEN");

    /// <summary>Makes the images and the folder, and starts nothing.</summary>
    public static async Task<ComposeProject> CreateAsync(ContainerEngine engine)
    {
        foreach (var image in (ImageRecipe[])[StockImages.S3, StockImages.Spark, await EyeSlotsImage.OfThisMachineAsync()]) await engine.ImageAsync(image);
        var project = new ComposeProject(engine, await engine.ServeAsync());
        File.Copy(Document.InRepository("docker-compose.yml"), project.scratch["docker-compose.yml"]);
        Directory.CreateDirectory(project.scratch["deploy"]);
        File.Copy(Document.InRepository("deploy", ".env.example"), project.scratch["deploy/.env.example"]);
        await project.WriteSettingsAsync();
        return project;
    }

    /// <summary>Runs a line of the README that begins so.</summary>
    public async Task<string> ReadmeAsync(string start)
    {
        // The same program by its older name; a test has no terminal.
        var line = ReadmeLine(start).Replace("docker compose", "docker-compose", StringComparison.Ordinal).Replace(" run --rm ", " run --rm -T ", StringComparison.Ordinal);
        return await ToolProcess.DemandAsync("sh", ["-ec", line], Environment, scratch.Folder);
    }

    /// <summary>Runs docker-compose with other settings than <c>.env</c> has.</summary>
    public Task<ProgramResult> TryAsync(IReadOnlyDictionary<string, string> settings, params string[] arguments)
    {
        Dictionary<string, string> environment = new(Environment);
        foreach (var (name, value) in settings) environment[name] = value;
        return ToolProcess.RunAsync("docker-compose", arguments, environment, scratch.Folder);
    }

    /// <summary>Runs docker-compose and demands success; what it printed on stdout.</summary>
    public async Task<string> DemandAsync(params string[] arguments)
    {
        var result = await TryAsync(new Dictionary<string, string>(), arguments);
        Assert.True(result.ExitCode == 0, $"docker-compose {string.Join(' ', arguments)} ended with {result.ExitCode}: {result.Output}{result.Errors}");
        return result.Output;
    }

    /// <summary>Runs the program in a container of its own, as users do.</summary>
    public Task<string> EyeSlotsAsync(params string[] arguments) => DemandAsync(["run", "--rm", "-T", "eyeslots", .. arguments]);

    /// <summary>Takes the settings away, as in a fresh clone.</summary>
    public void ForgetSettings() => File.Delete(scratch[".env"]);

    /// <summary>The containers of a service, running or not.</summary>
    public async Task<string[]> ContainersAsync(string service) =>
        Lines(await engine.PodmanAsync("ps", "--all", "--quiet", "--no-trunc", "--filter", $"label=com.docker.compose.project={Name}", "--filter", $"label=com.docker.compose.service={service}"));

    /// <summary>The folder of this machine in which a volume lies.</summary>
    public Task<string> VolumeAsync(string volume) => engine.PodmanAsync("volume", "inspect", "--format", "{{.Mountpoint}}", $"{Name}_{volume}");

    /// <summary>A field of what the engine knows about a container.</summary>
    public Task<string> InspectAsync(string container, string format) => engine.PodmanAsync("container", "inspect", "--format", format, container);

    /// <summary>What a shell's line prints in a container; it must succeed.</summary>
    public Task<string> InsideAsync(string container, string line) => engine.PodmanAsync("exec", container, "sh", "-c", line);

    /// <summary>Every container, network and volume that bears the project's name.</summary>
    public async Task<string[]> RemainsAsync() =>
    [
        .. Lines(await engine.PodmanAsync("ps", "--all", "--format", "{{.Names}}", "--filter", $"name={Name}")),
        .. Lines(await engine.PodmanAsync("network", "ls", "--format", "{{.Name}}", "--filter", $"name={Name}")),
        .. Lines(await engine.PodmanAsync("volume", "ls", "--format", "{{.Name}}", "--filter", $"name={Name}")),
    ];

    /// <summary>Takes it down with its volumes.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!File.Exists(scratch[".env"])) await WriteSettingsAsync();
        await DemandAsync("down", "--volumes", "--timeout", "5");
        await service.DisposeAsync();
        scratch.Dispose();
    }

    private Dictionary<string, string> Environment => new(service.Environment) { ["COMPOSE_PROJECT_NAME"] = Name };

    private string Setting(string name) => File.ReadLines(scratch[".env"]).Single(line => line.StartsWith(name + "=", StringComparison.Ordinal)).Split('=')[1];

    // Ports that nothing else on this machine has.
    private async Task WriteSettingsAsync()
    {
        await ReadmeAsync("(umask 077;");
        await File.AppendAllTextAsync(scratch[".env"], $"S3_PORT={S3Port}\nMASTER_PORT={FreePort()}\nCONNECT_PORT={FreePort()}\n");
    }

    private static string ReadmeLine(string start) =>
        Document.Readme.Text.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n').Single(line => line.StartsWith("    " + start, StringComparison.Ordinal)).Trim();

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
