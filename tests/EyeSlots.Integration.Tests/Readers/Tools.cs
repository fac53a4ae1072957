using System.Diagnostics;

namespace EyeSlots.Integration.Tests.Readers;

/// <summary>Outside programs, unpacked once for each machine into the user's cache, which all test projects share.</summary>
internal static class Tools
{
    private static readonly Lock Unpacking = new();

    private static string Cache { get; } = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "eyeslots-tests");

    /// <summary>A folder for PYTHONPATH.</summary>
    public static string PyArrow()
    {
        var folder = Path.Combine(Cache, "pyarrow-17");
        lock (Unpacking)
        {
            if (File.Exists(Path.Combine(folder, ".complete"))) return folder;
            Directory.CreateDirectory(folder);
            Run("tar", "-xJf", SharedFolder.File("python", "pyarrow-17.0.0-cp311-linux-x64.tar.xz"), "-C", folder);
            File.WriteAllText(Path.Combine(folder, ".complete"), "");
            return folder;
        }
    }

    /// <summary>A SPARK_HOME.</summary>
    public static string Spark(string version)
    {
        lock (Unpacking)
        {
            Run("sh", SharedFolder.File("spark", "unpack.sh"), Cache, version);
            return SparkFolder(version);
        }
    }

    /// <summary>Where that SPARK_HOME is, or will be.</summary>
    public static string SparkFolder(string version) => Path.Combine(Cache, $"spark-{version}");

    /// <summary>Runs a program to its end, which must be good.</summary>
    public static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {errors}");
    }
}
