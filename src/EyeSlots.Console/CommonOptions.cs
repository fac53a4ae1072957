using System.CommandLine;

namespace EyeSlots.Console;

/// <summary>Options that every command has, or that several share with the same meaning.</summary>
public static class CommonOptions
{
    /// <summary>One JSON object on stdout, nothing else.</summary>
    public static readonly Option<bool> Json = new("--json") { Description = "Print one JSON object on stdout instead of text", Recursive = true };

    /// <summary>From which level up lines are logged on stderr.</summary>
    public static readonly Option<string> LogLevel = new("--log-level")
    {
        Description = "What is logged on stderr", HelpName = "debug|information|warning|error", DefaultValueFactory = _ => "warning", Recursive = true,
    };

    /// <summary>A file that is logged to as well.</summary>
    public static readonly Option<string?> LogFile = new("--log-file")
    {
        Description = "Also log to this file, from level debug up", HelpName = "FILE", Recursive = true,
    };

    static CommonOptions() => LogLevel.AcceptOnlyFromAmong("debug", "information", "warning", "error");

    internal static IReadOnlyList<Option> OfEveryCommand => [Json, LogLevel, LogFile];

    /// <summary>The root of a dataset that is there already.</summary>
    public static Option<string> Out() => new("--out") { Description = "Dataset root: a folder or s3://bucket/prefix", HelpName = "ROOT", Required = true };

    /// <summary>The dataset below that root.</summary>
    public static Option<string> Dataset() => new("--dataset")
    {
        Description = "Name of the dataset below the root", HelpName = "NAME", DefaultValueFactory = _ => "affectnet",
    };

    /// <summary>One generation of it.</summary>
    public static Option<int?> Generation() => new("--generation") { Description = "A generation; the newest when left out", HelpName = "N" };
}
