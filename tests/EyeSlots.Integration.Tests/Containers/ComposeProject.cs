using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using EyeSlots.Integration.Tests.Cli;

namespace EyeSlots.Integration.Tests.Containers;

/// <summary>The compose file as it is, in a folder with an <c>.env</c>, under a name that no other project has.</summary>
internal sealed class ComposeProject : IAsyncDisposable
{
    private readonly ContainerEngine engine;
    private readonly EngineService service;
    private readonly Scratch scratch = new();

    private ComposeProject(ContainerEngine engine, EngineService service) => (this.engine, this.service) = (engine, service);

    /// <summary>Begins every name of its containers, networks and volumes.</summary>
    public string Name { get; } = $"eyeslots{Guid.NewGuid():N}";

    public int S3Port { get; } = FreePort();

    public string S3Secret { get; } = NewSecret();

    public string Token { get; } = NewSecret();

    /// <summary>What <c>.env</c> says.</summary>
    private string Settings => $"""
        S3_ACCESS_KEY=eyeslots
        S3_SECRET_KEY={S3Secret}
        SPARK_TOKEN={Token}
        S3_PORT={S3Port}
        MASTER_PORT={FreePort()}
        CONNECT_PORT={FreePort()}

        """;

    /// <summary>Makes the images and the folder, and starts nothing.</summary>
    public static async Task<ComposeProject> CreateAsync(ContainerEngine engine)
    {
        foreach (var image in (ImageRecipe[])[StockImages.S3, StockImages.Spark, await EyeSlotsImage.OfThisMachineAsync()]) await engine.ImageAsync(image);
        var project = new ComposeProject(engine, await engine.ServeAsync());
        File.Copy(Path.Combine(SharedFolder.Repository, "docker-compose.yml"), project.scratch["docker-compose.yml"]);
        await File.WriteAllTextAsync(project.scratch[".env"], project.Settings);
        return project;
    }

    /// <summary>Runs docker-compose with other settings than <c>.env</c> has.</summary>
    public Task<ProgramResult> TryAsync(IReadOnlyDictionary<string, string> settings, params string[] arguments)
    {
        Dictionary<string, string> environment = new(service.Environment) { ["COMPOSE_PROJECT_NAME"] = Name };
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
        if (!File.Exists(scratch[".env"])) await File.WriteAllTextAsync(scratch[".env"], Settings);
        await DemandAsync("down", "--volumes", "--timeout", "5");
        await service.DisposeAsync();
        scratch.Dispose();
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string NewSecret() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
