namespace EyeSlots.Integration.Tests.Containers;

/// <summary>What an engine has beside its images: containers, which outlive the process that started them, networks, volumes, mounts.</summary>
internal static class EngineRemains
{
    /// <summary>Takes all of it down; an earlier run that was killed may have left some.</summary>
    public static async Task TakeDownAsync(EngineSettings settings)
    {
        await PodmanAsync("rm", "--all", "--force", "--time", "0", "--volumes");
        await PodmanAsync("volume", "rm", "--all", "--force");
        foreach (var network in await LinesAsync("network", "ls", "--quiet", "--filter", "driver=bridge"))
        {
            if (network != "podman") await PodmanAsync("network", "rm", "--force", network);
        }

        Task<string> PodmanAsync(params string[] arguments) => ToolProcess.DemandAsync("podman", arguments, settings.Environment);

        async Task<string[]> LinesAsync(params string[] arguments) =>
            (await PodmanAsync([.. arguments, "--format", "{{.Name}}"])).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
