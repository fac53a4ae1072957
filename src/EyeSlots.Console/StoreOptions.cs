using System.CommandLine;
using EyeSlots.Core.Storage;
using EyeSlots.Storage.S3;
using Microsoft.Extensions.Logging;

namespace EyeSlots.Console;

/// <summary>Options that say where S3 is, which every command of every program has, and what a folder may hold.</summary>
public static class StoreOptions
{
    /// <summary>A server that is not AWS.</summary>
    public static readonly Option<string?> S3Endpoint = new("--s3-endpoint")
    {
        Description = "An S3 server that is not AWS (also AWS_ENDPOINT_URL_S3)", HelpName = "URL", Recursive = true,
    };

    /// <summary>Whose credentials and region.</summary>
    public static readonly Option<string?> S3Profile = new("--s3-profile")
    {
        Description = "Profile of the AWS configuration (also AWS_PROFILE)", HelpName = "NAME", Recursive = true,
    };

    /// <summary>Where the buckets are.</summary>
    public static readonly Option<string?> S3Region = new("--s3-region")
    {
        Description = "AWS region (also AWS_REGION)", HelpName = "NAME", Recursive = true,
    };

    /// <summary>Who asks pays.</summary>
    public static readonly Option<bool> S3RequesterPays = new("--s3-requester-pays")
    {
        Description = "Pay for the calls to a bucket of the kind 'requester pays'", Recursive = true,
    };

    /// <summary>How many connections reading may take.</summary>
    public static readonly Option<int> Connections = new("--connections")
    {
        Description = $"Most connections to an S3 server at once, 1 to {S3Options.MostConnections}, in each process; as many of them are used as make reading faster",
        HelpName = "N", Recursive = true, DefaultValueFactory = _ => S3Options.UsualConnections,
    };

    /// <summary>Of the commands that read images: links out of a folder are followed.</summary>
    public static readonly Option<bool> FollowLinks = new("--follow-links")
    {
        Description = "Read through links that lead out of the image root or of a list's folder, instead of rejecting what lies behind them",
    };

    internal static IReadOnlyList<Option> OfEveryCommand => [S3Endpoint, S3Profile, S3Region, S3RequesterPays, Connections];

    /// <summary>Where S3 is and whose credentials are used, for <c>doctor</c>; nothing where no root is on S3.</summary>
    public static Task<IReadOnlyList<ProbeResult>> CheckS3Async(Session session, IEnumerable<string?> roots, CancellationToken cancellation) =>
        AnyOnS3(roots) ? session.Stores.CheckS3Async(cancellation) : Task.FromResult<IReadOnlyList<ProbeResult>>([]);

    /// <summary>Whether one of these roots is on S3.</summary>
    public static bool AnyOnS3(IEnumerable<string?> roots) => roots.Any(root => root is not null && StorageAddress.Parse(root).IsS3);

    internal static ObjectStoreFactory Open(ParseResult line, ILogger log) =>
        new(new(line.GetValue(S3Endpoint), line.GetValue(S3Profile), line.GetValue(S3Region))
        {
            RequesterPays = line.GetValue(S3RequesterPays), Connections = line.GetValue(Connections),
        })
        {
            Log = log,
        };
}
