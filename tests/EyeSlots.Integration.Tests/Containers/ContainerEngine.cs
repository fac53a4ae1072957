using EyeSlots.Integration.Tests.Cli;
using EyeSlots.Integration.Tests.Containers;

[assembly: AssemblyFixture(typeof(ContainerEngine))]

namespace EyeSlots.Integration.Tests.Containers;

/// <summary>
/// Containers without a daemon (podman), one engine for all tests of the assembly, begun by the first that asks. Images stay in
/// <c>artifacts/containers</c> from run to run; containers, networks and volumes do not outlive the assembly's tests.
/// </summary>
public sealed class ContainerEngine : IAsyncDisposable
{
    private readonly Lazy<Task<EngineSettings>> started = new(StartAsync);
    private readonly SemaphoreSlim building = new(1, 1);
    private static FileStream? alone;

    /// <summary>Runs podman and demands success; what it printed.</summary>
    internal async Task<string> PodmanAsync(params string[] arguments) =>
        await ToolProcess.DemandAsync("podman", arguments, (await started.Value).Environment);

    /// <summary>Runs podman; how it ended.</summary>
    internal async Task<ProgramResult> TryPodmanAsync(params string[] arguments) =>
        await ToolProcess.RunAsync("podman", arguments, (await started.Value).Environment);

    /// <summary>Makes an image, with those that it is made from, unless it is there and nothing that it is made of has changed; its name.</summary>
    internal async Task<string> ImageAsync(ImageRecipe recipe)
    {
        var settings = await started.Value;
        await building.WaitAsync();
        try
        {
            await recipe.MakeAsync(settings);
        }
        finally
        {
            building.Release();
        }

        return recipe.Name;
    }

    /// <summary>Makes a network of its own, on which containers find each other by name; without one, containers have none.</summary>
    /// <param name="options">Options of <c>podman network create</c>, such as <c>--subnet</c>.</param>
    internal async Task<ContainerNetwork> NetworkAsync(params string[] options)
    {
        // All engines of a machine share one register of names.
        var name = $"eyeslots-{Guid.NewGuid():N}";
        await PodmanAsync(["network", "create", .. options, name]);
        return new(this, name);
    }

    /// <summary>Starts a container in the background.</summary>
    /// <param name="image">The image.</param>
    /// <param name="options">Options of <c>podman run</c>, such as <c>--name</c>, <c>--network</c>, <c>--env</c>, <c>--volume</c>.</param>
    /// <param name="command">What runs in it.</param>
    internal async Task<Container> RunAsync(ImageRecipe image, IReadOnlyList<string> options, params string[] command)
    {
        var name = await ImageAsync(image);
        string[] network = options.Any(option => option.StartsWith("--network", StringComparison.Ordinal)) ? [] : ["--network", "none"];
        return new(this, await PodmanAsync(["run", "--detach", "--init", "--pull", "never", .. network, .. options, name, .. command]));
    }

    /// <summary>Serves docker-compose, until it is disposed.</summary>
    internal async Task<EngineService> ServeAsync() => await EngineService.StartAsync(await started.Value);

    /// <summary>Takes everything down but the images.</summary>
    public async ValueTask DisposeAsync()
    {
        building.Dispose();
        if (!started.IsValueCreated) return;
        try
        {
            await EngineRemains.TakeDownAsync(await started.Value);
        }
        finally
        {
            alone?.Dispose();
        }
    }

    private static async Task<EngineSettings> StartAsync()
    {
        if (!Environment.IsPrivilegedProcess) throw new InvalidOperationException("Tests with containers make networks and mounts: run them as root.");
        var settings = new EngineSettings(Path.Combine(SharedFolder.Repository, "artifacts", "containers"));
        alone = await LockAsync(settings["lock"]);
        await EngineRemains.TakeDownAsync(settings);
        return settings;
    }

    // Another run of the tests in this repository would take down what this one has started.
    private static async Task<FileStream> LockAsync(string file)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return new(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (tries < 600)
            {
                await Task.Delay(TimeSpan.FromSeconds(1));
            }
        }
    }
}
