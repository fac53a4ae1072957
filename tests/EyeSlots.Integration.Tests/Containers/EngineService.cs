using System.Diagnostics;

namespace EyeSlots.Integration.Tests.Containers;

/// <summary>The engine's socket, which docker-compose speaks to, and what the timers of systemd would do: health checks.</summary>
internal sealed class EngineService : IAsyncDisposable
{
    private readonly Process service;
    private readonly Task health;
    private readonly CancellationTokenSource end = new();
    private readonly Scratch scratch;
    private readonly EngineSettings settings;

    private EngineService(EngineSettings settings, Scratch scratch, Process service)
    {
        (this.settings, this.scratch, this.service) = (settings, scratch, service);
        Environment = new Dictionary<string, string>(settings.Environment) { ["DOCKER_HOST"] = $"unix://{scratch["engine.sock"]}" };
        health = Task.Run(CheckHealthAsync);
    }

    /// <summary>What docker-compose needs to know, to speak to this engine.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    public static async Task<EngineService> StartAsync(EngineSettings settings)
    {
        // A socket's path may not be long, so not where the images are. One whose tests were killed ends by itself.
        var scratch = new Scratch();
        var start = new ProcessStartInfo("podman", ["system", "service", "--time=300", $"unix://{scratch["engine.sock"]}"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (name, value) in settings.Environment) start.Environment[name] = value;
        var service = Process.Start(start)!;
        service.BeginOutputReadLine();
        service.BeginErrorReadLine();
        for (var tries = 0; !File.Exists(scratch["engine.sock"]) && tries < 300; tries++) await Task.Delay(100);
        return new(settings, scratch, service);
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await health;
        service.Kill();
        await service.WaitForExitAsync();
        service.Dispose();
        end.Dispose();
        scratch.Dispose();
    }

    // Without it a container never becomes healthy, and whoever depends on that waits for ever.
    private async Task CheckHealthAsync()
    {
        while (!end.IsCancellationRequested)
        {
            var checkedOnes = await ToolProcess.RunAsync(
                "podman", ["ps", "--quiet", "--filter", "health=starting", "--filter", "health=healthy", "--filter", "health=unhealthy"], settings.Environment);
            foreach (var container in checkedOnes.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                await ToolProcess.RunAsync("podman", ["healthcheck", "run", container], settings.Environment);
            await Task.WhenAny(Task.Delay(TimeSpan.FromSeconds(1), end.Token));
        }
    }
}
