using System.Diagnostics;
using EyeSlots.Integration.Tests.Cli;

namespace EyeSlots.Integration.Tests.Jobs;

/// <summary>A root folder with another release of Debian than this machine's, made once by debootstrap in the user's cache (200 MB, a minute, root or sudo).</summary>
internal static class OtherDebian
{
    private const string Mark = "other-debian.complete";

    // In a mount namespace, so that the mounts end with the process. The program and its files have the paths that they have outside.
    private const string Enter = """
        root=$1
        shift
        for folder in /proc /dev "$TMPDIR" "$PROGRAM"; do mkdir -p "$root$folder"; mount --rbind "$folder" "$root$folder"; done
        exec chroot "$root" "$@"
        """;

    private static readonly string[] AsRoot = Environment.IsPrivilegedProcess ? [] : ["sudo", "-n"];

    private static readonly Lazy<Processor> Made = new(Make);

    /// <summary>The program inside.</summary>
    public static Processor Processor => Made.Value;

    private static Processor Make()
    {
        var suite = File.ReadLines("/etc/os-release").Contains("VERSION_CODENAME=trixie") ? "bookworm" : "trixie";
        var root = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "eyeslots-tests", suite);
        if (!File.Exists(Path.Combine(root, Mark)))
        {
            RunAsRoot("rm", "-rf", "--one-file-system", root);
            RunAsRoot("debootstrap", "--variant=minbase", "--include=openssl,libstdc++6", suite, root);
            RunAsRoot("touch", Path.Combine(root, Mark));
        }

        var folders = new Dictionary<string, string> { ["TMPDIR"] = Path.TrimEndingDirectorySeparator(Path.GetTempPath()), ["PROGRAM"] = Path.GetDirectoryName(EyeSlotsProgram.Path)! };
        return new($"Debian {suite}", folders, [.. AsRoot, "env", .. folders.Select(set => $"{set.Key}={set.Value}"), "unshare", "--mount", "sh", "-ec", Enter, "sh", root]);
    }

    private static void RunAsRoot(params string[] command)
    {
        string[] words = [.. AsRoot, .. command];
        using var process = Process.Start(new ProcessStartInfo(words[0], words[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (errors, _) = (process.StandardError.ReadToEndAsync(), process.StandardOutput.ReadToEnd());
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result);
    }
}
