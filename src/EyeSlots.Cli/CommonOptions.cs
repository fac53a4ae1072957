using System.CommandLine;

namespace EyeSlots.Cli;

/// <summary>Options that every command has, or that several share with the same meaning.</summary>
internal static class CommonOptions
{
    public static readonly Option<bool> Json = new("--json") { Description = "Print one JSON object on stdout instead of text", Recursive = true };

    public static readonly Option<string> LogLevel = new("--log-level")
    {
        Description = "What is logged on stderr", HelpName = "debug|information|warning|error", DefaultValueFactory = _ => "warning", Recursive = true,
    };

    public static readonly Option<string?> LogFile = new("--log-file")
    {
        Description = "Also log to this file, from level debug up", HelpName = "FILE", Recursive = true,
    };

    public static readonly Option<string?> S3Endpoint = new("--s3-endpoint")
    {
        Description = "An S3 server that is not AWS (also AWS_ENDPOINT_URL_S3)", HelpName = "URL", Recursive = true,
    };

    public static readonly Option<string?> S3Profile = new("--s3-profile")
    {
        Description = "Profile of the AWS configuration (also AWS_PROFILE)", HelpName = "NAME", Recursive = true,
    };

    public static readonly Option<string?> S3Region = new("--s3-region")
    {
        Description = "AWS region (also AWS_REGION)", HelpName = "NAME", Recursive = true,
    };

    /// <summary>The root of a dataset that is there already.</summary>
    public static Option<string> Out() => new("--out") { Description = "Dataset root: a folder or s3://bucket/prefix", HelpName = "ROOT", Required = true };

    /// <summary>The dataset below that root.</summary>
    public static Option<string> Dataset() => new("--dataset")
    {
        Description = "Name of the dataset below the root", HelpName = "NAME", DefaultValueFactory = _ => "affectnet",
    };

    /// <summary>One generation of it.</summary>
    public static Option<int?> Generation() => new("--generation") { Description = "A generation; the newest when left out", HelpName = "N" };

    /// <summary>Adds what every command has.</summary>
    public static void AddTo(RootCommand root)
    {
        LogLevel.AcceptOnlyFromAmong("debug", "information", "warning", "error");
        foreach (var option in (Option[])[Json, LogLevel, LogFile, S3Endpoint, S3Profile, S3Region]) root.Options.Add(option);
    }

    /// <summary>Refuses values outside a range with a message that names it.</summary>
    public static Option<T> Between<T>(this Option<T> option, T least, T most)
        where T : IComparable<T>
    {
        option.Validators.Add(result =>
        {
            if (result.Errors.Any() || result.GetValueOrDefault<T>() is not { } value) return;
            if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0 || value is double.NaN)
            {
                result.AddError(FormattableString.Invariant($"{option.Name} must lie between {least} and {most}, not {value}."));
            }
        });
        return option;
    }
}
