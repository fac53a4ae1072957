namespace EyeSlots.Integration.Tests.Containers;

/// <summary>The product's own image, by <c>deploy/Dockerfile</c>.</summary>
internal static class EyeSlotsImage
{
    public const string Name = "docker.io/library/eyeslots:latest";

    /// <summary>The image of the SDK that the Dockerfile names.</summary>
    public const string SdkName = "mcr.microsoft.com/dotnet/sdk:10.0";

    private static readonly string Folder = Path.Combine(SharedFolder.Repository, "artifacts", "image");

    /// <summary>What goes into the image, once one of these recipes was asked for.</summary>
    public static string Files { get; } = Path.Combine(Folder, "out");

    private static readonly Lazy<Task<ImageRecipe>> Packed = new(PackAsync);

    /// <summary>The last stage alone, around what <c>./eyeslots</c> built on this machine.</summary>
    public static Task<ImageRecipe> OfThisMachineAsync() => Packed.Value;

    /// <summary>What the build is given of the repository, in /source.</summary>
    public static ImageRecipe Context() => new("localhost/eyeslots-context:latest", "FROM docker.io/library/debian:bookworm-slim\nCOPY . /source\n")
    {
        Base = StockImages.Debian, Context = SharedFolder.Repository, IsKept = false,
    };

    /// <summary>From source through every stage, with the packages that this machine has and an SDK image made of its SDK.</summary>
    public static ImageRecipe FromSource()
    {
        // The build runs as root, as these tests do: packages lie in the same place on both sides.
        var packages = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return Recipe("localhost/eyeslots-from-source:latest") with
        {
            Options = ["--volume", $"{packages}:{packages}"], PrepareAsync = ImportSdkAsync, IsKept = false,
        };
    }

    private static async Task<ImageRecipe> PackAsync()
    {
        await TimedPart.RunAsync("the program, compiled ahead of time and packed", () => ToolProcess.DemandAsync(Path.Combine(SharedFolder.Repository, "build", "pack-program.sh"), [Files]));
        return Recipe(Name) with { Options = ["--build-context", $"build={Folder}"], Inputs = Directory.GetFiles(Files) };
    }

    private static ImageRecipe Recipe(string name) => new(name, File.ReadAllText(Path.Combine(SharedFolder.Repository, "deploy", "Dockerfile")))
    {
        Base = StockImages.Debian, Context = SharedFolder.Repository,
    };

    private static async Task ImportSdkAsync(EngineSettings settings)
    {
        const string import = """
            sdk=$(dirname "$(readlink -f "$(command -v dotnet)")")
            tar -C "$sdk" --transform 's,^\.,usr/share/dotnet,' -c . | podman import --quiet - "$1"
            """;
        await ToolProcess.DemandAsync("sh", ["-ec", import, "sh", SdkName], settings.Environment);
    }
}
