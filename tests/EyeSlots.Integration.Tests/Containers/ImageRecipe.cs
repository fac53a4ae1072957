using System.Security.Cryptography;
using System.Text;

namespace EyeSlots.Integration.Tests.Containers;

/// <summary>How an image is made; it bears a hash of all that as a label, by which it is found unchanged in a later run.</summary>
/// <param name="Name">Its name, with registry and tag.</param>
/// <param name="Text">The Dockerfile.</param>
internal record ImageRecipe(string Name, string Text)
{
    private const string Label = "eyeslots.recipe";

    /// <summary>The image that it is made from, or null.</summary>
    public ImageRecipe? Base { get; init; }

    /// <summary>The folder that COPY copies from; an empty one if null. Made by <see cref="PrepareAsync"/> if it takes long.</summary>
    public string? Context { get; init; }

    /// <summary>Files whose size or time make it another image.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>More options of <c>buildah bud</c>.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>Whether it is found unchanged in a later run; otherwise it is made anew each time, because what it is made of is not known.</summary>
    public bool IsKept { get; init; } = true;

    /// <summary>What has to be done before it is built, or null.</summary>
    public Func<EngineSettings, Task>? PrepareAsync { get; init; }

    /// <summary>A hash of all that it is made of.</summary>
    public string Hash
    {
        get
        {
            var files = Inputs.Select(file => new FileInfo(file)).Select(file => $"{file.Name} {file.Length} {file.LastWriteTimeUtc.Ticks}");
            string[] parts = [Base?.Hash ?? "", Name, Text, Context ?? "", .. Options, .. files];
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))));
        }
    }

    /// <summary>Makes the image unless it is there.</summary>
    public async Task MakeAsync(EngineSettings settings)
    {
        if (Base is not null) await Base.MakeAsync(settings);
        var there = await ToolProcess.RunAsync("podman", ["image", "inspect", "--format", $"{{{{index .Labels \"{Label}\"}}}}", Name], settings.Environment);
        if (IsKept && there.ExitCode == 0 && there.Output.Trim() == Hash) return;
        if (PrepareAsync is { } prepare) await TimedPart.RunAsync($"what image {Name} is made of", () => prepare(settings));
        await TimedPart.RunAsync($"image {Name}", () => BuildAsync(settings));
    }

    /// <summary>The label as an option or instruction says it.</summary>
    protected string Mark => $"{Label}={Hash}";

    protected virtual async Task BuildAsync(EngineSettings settings)
    {
        using var scratch = new Scratch();
        var file = scratch["Dockerfile"];
        await File.WriteAllTextAsync(file, Text);
        Directory.CreateDirectory(scratch["context"]);
        await ToolProcess.DemandAsync(
            "buildah",
            ["bud", "--isolation", "chroot", "--network", "host", "--pull-never", "--label", Mark, "--file", file, .. Options, "--tag", Name, Context ?? scratch["context"]],
            settings.Environment);
    }
}
