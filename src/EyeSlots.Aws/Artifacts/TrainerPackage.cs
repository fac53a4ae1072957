using EyeSlots.Core;

namespace EyeSlots.Aws.Artifacts;

/// <summary>What a machine needs to train: libtorch, the program that trains, and the .NET that it runs on.</summary>
internal static class TrainerPackage
{
    private const string Runtime = "shared/Microsoft.NETCore.App", Host = "host/fxr";
    private static readonly int Major = Environment.Version.Major;

    /// <summary>Packs it.</summary>
    /// <exception cref="EyeSlotsException">A part is not there: libtorch-missing, trainer-missing.</exception>
    public static LocalArtifact Pack(string libTorch, string trainer, string dotnet, string folder) =>
        LocalArtifact.Pack(Artifact.LibTorch, Files(libTorch, trainer, dotnet), folder);

    /// <summary>What is in it.</summary>
    /// <param name="libTorch">The folder of libtorch.</param>
    /// <param name="trainer">The folder of <c>eyeslots-train</c>.</param>
    /// <param name="dotnet">The folder of .NET.</param>
    /// <exception cref="EyeSlotsException">A part is not there: libtorch-missing, trainer-missing.</exception>
    public static IEnumerable<PackedFile> Files(string libTorch, string trainer, string dotnet)
    {
        if (!File.Exists(Path.Combine(libTorch, "libtorch.so"))) throw new EyeSlotsException(ErrorCodes.LibTorchMissing, $"--libtorch {libTorch} holds no libtorch.so; name the folder with the libraries.");
        if (!File.Exists(Path.Combine(trainer, "eyeslots-train"))) throw new EyeSlotsException(ErrorCodes.TrainerMissing, $"There is no {trainer}/eyeslots-train; it is built by ./eyeslots train in EyeSlots' own folder.");
        return PackedFile.Below(libTorch, "libtorch/")
            .Concat(PackedFile.Below(trainer, "trainer/").Where(file => !file.Name.StartsWith("trainer/libtorch/", StringComparison.Ordinal)))
            .Concat(NewestBelow(dotnet, Runtime)).Concat(NewestBelow(dotnet, Host));
    }

    /// <summary>Where .NET lies on this machine.</summary>
    /// <exception cref="EyeSlotsException">trainer-missing: nowhere.</exception>
    public static string FindDotnet()
    {
        string?[] places = [Environment.GetEnvironmentVariable("DOTNET_ROOT"), "/usr/lib/dotnet", "/usr/share/dotnet"];
        return Array.Find(places, place => place is { Length: > 0 } && Directory.Exists(Path.Combine(place, Runtime)))
            ?? throw new EyeSlotsException(ErrorCodes.TrainerMissing, "There is no .NET runtime for the program that trains; set DOTNET_ROOT to the folder that holds shared/Microsoft.NETCore.App.");
    }

    private static IEnumerable<PackedFile> NewestBelow(string dotnet, string part)
    {
        var newest = Directory.EnumerateDirectories(Path.Combine(dotnet, part))
            .Where(folder => Version.TryParse(Path.GetFileName(folder), out var version) && version.Major == Major)
            .MaxBy(folder => Version.Parse(Path.GetFileName(folder)))
            ?? throw new EyeSlotsException(ErrorCodes.TrainerMissing, $"{dotnet}/{part} holds no .NET {Major}; set DOTNET_ROOT to a folder that does.");
        return PackedFile.Below(newest, $"dotnet/{part}/{Path.GetFileName(newest)}/");
    }
}
