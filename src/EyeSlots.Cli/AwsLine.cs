using System.CommandLine;
using System.CommandLine.Parsing;
using EyeSlots.Aws.Requests;

namespace EyeSlots.Cli;

/// <summary>Options of the commands that rent machines: whose account, and where. They stand at the command that holds the others.</summary>
internal static class AwsLine
{
    /// <summary>Tells every call, and what machines would cost; makes no call that changes anything.</summary>
    public static readonly Option<bool> DryRun = new("--dry-run") { Description = "Say every call that would change something, and what machines would cost; make none of them" };

    private static readonly Option<string?> Profile = new("--profile") { Description = "Profile of the AWS configuration (also AWS_PROFILE)", HelpName = "NAME", Recursive = true };
    private static readonly Option<string?> Region = new("--region") { Description = "Region of the cluster and its buckets (also AWS_REGION)", HelpName = "NAME", Recursive = true };
    private static readonly Option<string?> Endpoint = new("--endpoint-url") { Description = "A server that answers in the place of AWS (also AWS_ENDPOINT_URL)", HelpName = "URL", Recursive = true };

    /// <summary>Gives a command that holds others these options.</summary>
    public static Command WithAws(this Command command)
    {
        foreach (var option in (Option[])[Profile, Region, Endpoint]) command.Options.Add(option);
        return command;
    }

    /// <summary>Refuses what commands on stores take: it would be passed over in silence.</summary>
    public static Command WithoutStores(this Command command)
    {
        command.Validators.Add(RequireNoStores);
        return command;
    }

    /// <summary>Who asks AWS.</summary>
    /// <exception cref="Core.EyeSlotsException">The AWS configuration cannot be used.</exception>
    public static AwsAccess Open(ParseResult parsed, Session session) =>
        new(new(parsed.GetValue(Profile), parsed.GetValue(Region), parsed.GetValue(Endpoint)), session.Time);

    private static void RequireNoStores(CommandResult result)
    {
        foreach (var (option, instead) in (ReadOnlySpan<(Option, Option?)>)[(StoreOptions.S3Profile, Profile), (StoreOptions.S3Region, Region), (StoreOptions.S3Endpoint, Endpoint), (StoreOptions.S3RequesterPays, null), (StoreOptions.Connections, null)])
        {
            if (!result.IsGiven(option)) continue;
            result.AddError(instead is null ? $"{option.Name} is not for machines in AWS." : $"{option.Name} is for stores; take {instead.Name}.");
        }
    }
}
