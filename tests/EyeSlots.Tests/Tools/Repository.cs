namespace EyeSlots.Tests.Tools;

/// <summary>The repository whose tests these are.</summary>
internal static class Repository
{
    public static string Folder { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "EyeSlots.sln"))) folder = folder.Parent;
        return folder.FullName;
    }
}
