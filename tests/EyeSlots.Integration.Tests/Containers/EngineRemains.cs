using System.Diagnostics;

namespace EyeSlots.Integration.Tests.Containers;

/// <summary>What an engine has beside its images: containers, which outlive the process that started them, networks, volumes, mounts.</summary>
internal static class EngineRemains
{
    /// <summary>Takes all of it down; an earlier run that was killed may have left some.</summary>
    public static async Task TakeDownAsync(EngineSettings settings)
    {
        EndServices(settings);
        // What a build that failed was working in.
        await ToolProcess.DemandAsync("buildah", ["rm", "--all"], settings.Environment);
        await PodmanAsync("rm", "--all", "--force", "--time", "0", "--volumes");
        await PodmanAsync("volume", "rm", "--all", "--force");
        foreach (var network in await LinesAsync("network", "ls", "--quiet", "--filter", "driver=bridge"))
        {
            if (network != "podman") await PodmanAsync("network", "rm", "--force", network);
        }

        // Stages, and what a newer image took the name of.
        await PodmanAsync("image", "prune", "--force");

        Task<string> PodmanAsync(params string[] arguments) => ToolProcess.DemandAsync("podman", arguments, settings.Environment);

        async Task<string[]> LinesAsync(params string[] arguments) =>
            (await PodmanAsync([.. arguments, "--format", "{{.Name}}"])).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    // One whose tests were killed goes on to make what docker-compose asks it for.
    private static void EndServices(EngineSettings settings)
    {
        foreach (var process in Process.GetProcessesByName("podman"))
        {
            using (process)
            {
                if (Holds(process, "cmdline", "system\0service") && Holds(process, "environ", settings["containers.conf"])) process.Kill();
            }
        }
    }

    private static bool Holds(Process process, string file, string text)
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/{file}").Contains(text, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false; // It has ended.
        }
    }
}
