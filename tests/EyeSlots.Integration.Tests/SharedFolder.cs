namespace EyeSlots.Integration.Tests;

/// <summary>What the tests need beyond the repository: servers, readers, faces.</summary>
internal static class SharedFolder
{
    /// <summary>The repository whose tests these are.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>Looked for when it is first needed: benchmarks that need nothing of it run without.</summary>
    public static string Path => field ??= Find();

    public static string File(params string[] parts)
    {
        var path = System.IO.Path.Combine([Path, .. parts]);
        return System.IO.File.Exists(path) ? path : throw new FileNotFoundException($"The tests need {path}; see CONTRIBUTING.md, Tests.");
    }

    private static string Find()
    {
        var path = Environment.GetEnvironmentVariable("EYESLOTS_SHARED") is { Length: > 0 } set
            ? set
            : System.IO.Path.Combine(Repository, "..", "shared");
        return Directory.Exists(path)
            ? System.IO.Path.GetFullPath(path)
            : throw new DirectoryNotFoundException($"There is no folder {path}; set EYESLOTS_SHARED to the folder with the tests' servers and readers.");
    }

    private static string FindRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(System.IO.Path.Combine(folder.FullName, "EyeSlots.sln"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException($"There is no EyeSlots.sln above {AppContext.BaseDirectory}; set EYESLOTS_SHARED.");
    }
}
