using System.CommandLine;
using EyeSlots.Core.Storage;
using EyeSlots.Storage.S3;

namespace EyeSlots.Cli;

/// <summary>Options that say where S3 is. Every command has them.</summary>
internal static class StoreOptions
{
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

    /// <summary>Where S3 is, by the command line and the environment.</summary>
    public static S3Settings SettingsOf(ParseResult line) =>
        S3Settings.FromEnvironment(line.GetValue(S3Endpoint), line.GetValue(S3Profile), line.GetValue(S3Region));

    /// <summary>What opens folders and buckets.</summary>
    public static IObjectStoreFactory Open(ParseResult line) => new ObjectStoreFactory(SettingsOf(line));

    /// <summary>Adds what every command has.</summary>
    public static void AddTo(ConsoleProgram program)
    {
        foreach (var option in (Option[])[S3Endpoint, S3Profile, S3Region]) program.Add(option);
    }
}
