using System.Diagnostics;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Hostile;

/// <summary>A folder with one valid file of each kind of each format, written by Debian's Pillow and tools.</summary>
public sealed class ValidFiles : IDisposable
{
    private readonly TempFolder folder = new();

    public ValidFiles()
    {
        var start = new ProcessStartInfo("/usr/bin/python3", [Script("bases.py"), Folder]) { RedirectStandardError = true };
        using var python = Process.Start(start)!;
        var errors = python.StandardError.ReadToEnd();
        python.WaitForExit();
        Assert.True(python.ExitCode == 0, errors);
    }

    /// <summary>Where the files are.</summary>
    public string Folder => folder.Path;

    /// <summary>A script of this folder.</summary>
    internal static string Script(string name) => Path.Combine(AppContext.BaseDirectory, "Hostile", name);

    public void Dispose() => folder.Dispose();
}
