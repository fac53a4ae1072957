namespace EyeSlots.Integration.Tests.Containers;

/// <summary>A Debian from its own packages, by debootstrap: a minute, and a root folder that is gone afterwards.</summary>
internal sealed record DebianRecipe(string Name, string Suite) : ImageRecipe(Name, $"debootstrap --variant=minbase {Suite}")
{
    protected override async Task BuildAsync(EngineSettings settings)
    {
        var root = settings["root"];
        Remove(root);
        await ToolProcess.DemandAsync("debootstrap", ["--variant=minbase", Suite, root]);
        // As in the image of that name: what apt can fetch again is not there.
        const string import = "cd \"$1\" && rm -rf var/cache/apt/* var/lib/apt/lists/* && tar -c . | podman import --quiet --change \"LABEL $2\" --change 'CMD [\"bash\"]' - \"$3\"";
        await ToolProcess.DemandAsync("sh", ["-c", import, "sh", root, Mark, Name], settings.Environment);
        Remove(root);
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }
}
