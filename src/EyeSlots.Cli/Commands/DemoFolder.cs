namespace EyeSlots.Cli.Commands;

/// <summary>Where everything of a demo lies. Each number of faces has a data set and a run of its own.</summary>
/// <param name="Root">The folder.</param>
/// <param name="Faces">Faces drawn.</param>
internal sealed record DemoFolder(string Root, int Faces)
{
    /// <summary>The dataset's name.</summary>
    public const string Dataset = "affectnet";

    public string Photographs => At($"faces-{Faces}");

    public string Shards => At($"out-{Faces}");

    public string Run => At($"run-{Faces}");

    public string ContactSheet => At("slots.png");

    public string Overlay => At("overlay.png");

    public string DataPage => At("data.html");

    public string RunPage => At("run.html");

    private string At(string name) => Path.Combine(Root, name);
}
