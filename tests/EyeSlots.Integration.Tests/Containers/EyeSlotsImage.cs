namespace EyeSlots.Integration.Tests.Containers;

/// <summary>The product's own image, by <c>deploy/Dockerfile</c>.</summary>
internal static class EyeSlotsImage
{
    public const string Name = "docker.io/library/eyeslots:latest";

    private static readonly string Files = Path.Combine(SharedFolder.Repository, "artifacts", "image");

    /// <summary>The last stage alone, around what <c>./eyeslots</c> built on this machine.</summary>
    public static async Task<ImageRecipe> OfThisMachineAsync()
    {
        await ToolProcess.DemandAsync(Path.Combine(SharedFolder.Repository, "build", "pack-program.sh"), [Path.Combine(Files, "out")]);
        return Recipe(Name) with { Options = ["--build-context", $"build={Files}"], Inputs = Directory.GetFiles(Path.Combine(Files, "out")) };
    }

    /// <summary>The Dockerfile, every stage of it.</summary>
    public static ImageRecipe Recipe(string name) => new(name, File.ReadAllText(Path.Combine(SharedFolder.Repository, "deploy", "Dockerfile")))
    {
        Base = StockImages.Debian, Context = SharedFolder.Repository,
    };
}
