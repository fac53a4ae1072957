using System.Diagnostics;
using System.Globalization;
using EyeSlots.Integration.Tests;

namespace EyeSlots.Training.Tests.Tools;

/// <summary>A disk that is soon full: mounted where another process alone sees it, and reached through that process.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly Scratch scratch = new();
    private readonly Process process;

    private SmallDisk(int kilobytes)
    {
        Directory.CreateDirectory(scratch["disk"]);
        string size = kilobytes.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo("unshare", ["--map-root-user", "--mount", "sh", "-c", "mount -t tmpfs -o size=$1k none \"$2\" && echo ready && exec cat", "sh", size, scratch["disk"]])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        };
        process = Process.Start(start)!;
    }

    /// <summary>A folder on it.</summary>
    public string Folder => $"/proc/{process.Id}/root{scratch["disk"]}";

    public static async Task<SmallDisk> MountAsync(int kilobytes)
    {
        var disk = new SmallDisk(kilobytes);
        Assert.Equal("ready", await disk.process.StandardOutput.ReadLineAsync());
        return disk;
    }

    public void Dispose()
    {
        process.StandardInput.Close(); // it ends with its input
        process.WaitForExit();
        process.Dispose();
        scratch.Dispose();
    }
}
