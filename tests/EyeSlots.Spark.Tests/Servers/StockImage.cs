namespace EyeSlots.Spark.Tests.Servers;

/// <summary>
/// A root folder with nothing in it but the smallest Debian or Ubuntu and a JVM, as images have that Spark is shipped in. Made once by
/// debootstrap, in a minute and 500 MB of the user's cache.
/// </summary>
internal sealed class StockImage
{
    private const string Mark = "stock-image.complete";

    // The first argument is the image, the second names libraries to hide. In a mount namespace, so that the mounts end with the processes and are seen by no other. What the host's environment says about
    // its own programs does not hold inside.
    private const string Enter = """
        root=$1 hidden=$2
        shift 2
        for folder in /proc /dev "$TMPDIR" "$SPARK_HOME"; do mount --rbind "$folder" "$root$folder"; done
        find "$root/usr/lib" -type f -name "$hidden" -exec mount --bind /dev/null {} ';'
        exec chroot "$root" env -u JAVA_HOME -u DOTNET_ROOT -u LD_LIBRARY_PATH PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@"
        """;

    private static readonly string[] AsRoot = Environment.IsPrivilegedProcess ? [] : ["sudo", "-n"];

    private StockImage(string root) => Root = root;

    public string Root { get; }

    /// <summary>Words before a command that run it inside, where the temporary folder and SPARK_HOME have the paths that they have outside.</summary>
    /// <param name="hidden">A pattern of libraries that shall be missing.</param>
    public IReadOnlyList<string> Launcher(string hidden = "") =>
    [
        "env", $"TMPDIR={Temporary}", "unshare", "--mount", .. (string[])(Environment.IsPrivilegedProcess ? [] : ["--map-root-user"]),
        "sh", "-ec", Enter, "sh", Root, hidden,
    ];

    private static string Temporary => Path.TrimEndingDirectorySeparator(Path.GetTempPath());

    /// <summary>The image, in which a Spark of this SPARK_HOME can run.</summary>
    public static StockImage For(string home)
    {
        var root = Path.Combine(Path.GetDirectoryName(home)!, "stock-image");
        if (!File.Exists(Path.Combine(root, Mark))) Make(root);
        RunAsRoot("mkdir", "-p", root + home, root + Temporary);
        return new(root);
    }

    /// <summary>Whether a process runs inside.</summary>
    public static bool Holds(int process) => File.Exists(Path.Combine($"/proc/{process}", "root", Mark));

    private static void Make(string root)
    {
        RunAsRoot("rm", "-rf", "--one-file-system", root);
        var suite = File.ReadLines("/etc/os-release").First(line => line.StartsWith("VERSION_CODENAME=", StringComparison.Ordinal)).Split('=')[1];
        RunAsRoot("debootstrap", "--variant=minbase", "--include=openjdk-17-jre-headless", suite, root);
        RunAsRoot("touch", Path.Combine(root, Mark));
    }

    /// <summary>What it prints is shown only where it fails.</summary>
    private static void RunAsRoot(params string[] command) => Tools.Run("sh", ["-c", "exec \"$@\" >&2", "sh", .. AsRoot, .. command]);
}
