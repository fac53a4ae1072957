using System.Globalization;

namespace EyeSlots.Spark.Connect;

/// <summary>
/// The versions of Spark whose protocols are known. A protocol level is the number that client and worker agree on: it names the
/// frames which a minor version of Spark exchanges with its workers.
/// </summary>
public static class SparkVersions
{
    /// <summary>The level travels to the worker behind this prefix, as the text that Spark forwards unread.</summary>
    internal const string WorkerPrefix = "eyeslots/";

    private static readonly Dictionary<string, int> Levels = new(StringComparer.Ordinal)
    {
        ["3.5"] = 35,
        ["4.0"] = 40,
        ["4.1"] = 41,
        ["4.2"] = 42,
        ["4.3"] = 43,
    };

    /// <summary>Minor versions with their protocol levels.</summary>
    public static IReadOnlyDictionary<string, int> Known => Levels;

    /// <summary>The protocol level of a version such as <c>4.1.4</c> or <c>4.1.0-SNAPSHOT</c>.</summary>
    /// <exception cref="SparkVersionException">A version that is not known; the text lists those that are.</exception>
    public static int LevelOf(string version)
    {
        var parts = version.Split('.', '-');
        if (parts.Length >= 2 && Levels.TryGetValue($"{parts[0]}.{parts[1]}", out var level)) return level;

        throw new SparkVersionException(string.Create(CultureInfo.InvariantCulture,
            $"The server runs Spark {version}, which is {Judge(parts)}. Use Spark {List}, or set {nameof(SparkSessionOptions)}.{nameof(SparkSessionOptions.ProtocolLevel)} where it is known to speak like one of them."));
    }

    internal static string WorkerVersion(int level) => string.Create(CultureInfo.InvariantCulture, $"{WorkerPrefix}{level}");

    internal static string List => string.Join(", ", Levels.Keys);

    private static string Judge(string[] parts) =>
        Version.TryParse(string.Join('.', parts.Take(2)), out var version) && version < new Version(3, 5) ? "too old" : "not known";
}
