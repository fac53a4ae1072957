using System.CommandLine;
using EyeSlots.Core;
using EyeSlots.Core.Storage;
using EyeSlots.Spark.Contract;
using EyeSlots.Storage.S3;

namespace EyeSlots.Cli;

/// <summary>Options that say where S3 is, which every command has, and what a folder may hold.</summary>
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

    /// <summary>Of the commands that read images: links out of a folder are followed.</summary>
    public static readonly Option<bool> FollowLinks = new("--follow-links")
    {
        Description = "Read through links that lead out of the image root or of a list's folder, instead of rejecting what lies behind them",
    };

    public static readonly Option<bool> S3RequesterPays = new("--s3-requester-pays")
    {
        Description = "Pay for the calls to a bucket of the kind 'requester pays'", Recursive = true,
    };

    /// <summary>Where S3 is and whose credentials are used, for <c>doctor</c>; nothing where no root is on S3.</summary>
    public static Task<IReadOnlyList<ProbeResult>> CheckS3Async(Session session, IEnumerable<string?> roots, CancellationToken cancellation) =>
        AnyOnS3(roots) ? Of(session).CheckS3Async(cancellation) : Task.FromResult<IReadOnlyList<ProbeResult>>([]);

    /// <summary>How executors reach the same S3, as far as it is no secret. Folders alone need no settings.</summary>
    public static RemoteStorage OfExecutors(Session session, params IEnumerable<string?> roots)
    {
        if (!AnyOnS3(roots)) return new();
        var s3 = Of(session).S3.ForOtherMachines;
        return new(s3.Endpoint, s3.Region, s3.RequesterPays);
    }

    /// <summary>This machine's credentials, to be sent to executors.</summary>
    /// <exception cref="EyeSlotsException">There are none.</exception>
    public static Task<S3Credentials> CredentialsAsync(Session session) => S3Credentials.FindAsync(Of(session).S3);

    /// <summary>What opens folders and buckets.</summary>
    public static IObjectStoreFactory Open(ParseResult line) =>
        new ObjectStoreFactory(new(line.GetValue(S3Endpoint), line.GetValue(S3Profile), line.GetValue(S3Region)) { RequesterPays = line.GetValue(S3RequesterPays) });

    /// <summary>Adds what every command has.</summary>
    public static void AddTo(ConsoleProgram program)
    {
        foreach (var option in (Option[])[S3Endpoint, S3Profile, S3Region, S3RequesterPays]) program.Add(option);
    }

    private static ObjectStoreFactory Of(Session session) => (ObjectStoreFactory)session.Stores;

    private static bool AnyOnS3(IEnumerable<string?> roots) => roots.Any(root => root is not null && StorageAddress.Parse(root).IsS3);
}
